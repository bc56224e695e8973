import { Tooltip } from 'antd';

/** A clause by its number; its title is a glance away. */
export function ClauseMark({ id, title }: { id: string; title?: string | undefined }) {
  return (
    <Tooltip title={title}>
      <span className="clause-mark" tabIndex={title ? 0 : undefined} aria-label={title ? `${id} ${title}` : id} role="note">
        {id}
      </span>
    </Tooltip>
  );
}
