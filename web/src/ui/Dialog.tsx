import { CloseOutlined } from '@ant-design/icons';
import { useEffect, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import './dialog.css';

interface Props {
  title: string;
  width: number;
  onClose: () => void;
  children: ReactNode;
}

/** The browser's own dialog: it keeps the focus inside and closes on Escape. Antd's locks scrolling with
 *  an inline style that carries no nonce, which our content security policy forbids. */
export function Dialog({ title, width, onClose, children }: Props) {
  const { t } = useTranslation();
  const element = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = element.current!;
    dialog.showModal();
    // Whoever opens a dialog with something to fill in wants to type.
    dialog.querySelector<HTMLElement>('input, textarea')?.focus();
    return () => dialog.close();
  }, []);
  return (
    // A click beside the dialog lands on the element itself; Escape does the same by keyboard.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions
    <dialog
      ref={element}
      className="dialog"
      aria-label={title}
      style={{ width: `min(${width}px, 94vw)` }}
      onClick={(event) => event.target === event.currentTarget && onClose()}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <div className="dialog-body">
        <header className="row">
          <h2 className="grow ellipsis">{title}</h2>
          <button type="button" className="dialog-close" aria-label={t('act.close')} onClick={onClose}>
            <CloseOutlined />
          </button>
        </header>
        {children}
      </div>
    </dialog>
  );
}
