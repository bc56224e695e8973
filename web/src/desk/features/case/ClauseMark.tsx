/** A clause by its number; its title is a glance away. */
export function ClauseMark({ id, title }: { id: string; title?: string | undefined }) {
  return (
    <abbr className="clause-mark" title={title} aria-label={title ? `${id} ${title}` : id} role="note">
      {id}
    </abbr>
  );
}
