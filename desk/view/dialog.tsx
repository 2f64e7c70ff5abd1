import type { ComponentChildren } from 'preact'
import { useEffect, useId, useRef } from 'preact/hooks'
import { Button } from './button'
import { useWords } from './use-words'

/** A question or a form over the page. The browser keeps the focus in it, and Escape closes it. */
export const Dialog = ({
  title,
  children,
  onClose,
}: {
  title: string
  children: ComponentChildren
  onClose(): void
}) => {
  const { t } = useWords()
  const dialog = useRef<HTMLDialogElement>(null)
  const heading = useId()
  useEffect(() => dialog.current?.showModal(), [])
  return (
    <dialog ref={dialog} aria-labelledby={heading} onClose={onClose}>
      <header>
        <h2 id={heading}>{title}</h2>
        <Button label={t('common.close')} icon="close" look="round" onPress={onClose} />
      </header>
      {children}
    </dialog>
  )
}
