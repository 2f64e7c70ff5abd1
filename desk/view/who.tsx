import { useWords } from './use-words'

/** The local stand-in of a login: any name will do. */
export const Who = () => {
  const { d, lang } = useWords()
  return (
    <main class="ended">
      <form class="card form" method="get">
        <h1>{d('desk.who')}</h1>
        <p class="sub">{d('desk.whoHint')}</p>
        <label class="field">
          {d('desk.user')}
          <input name="user" required pattern="(?=.*[A-Za-z])[A-Za-z0-9_\-]{1,64}" autoComplete="username" />
        </label>
        <input type="hidden" name="lang" value={lang} />
        <button type="submit" class="button primary">
          {d('desk.go')}
        </button>
      </form>
    </main>
  )
}
