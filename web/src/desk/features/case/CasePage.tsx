export function CasePage() {
  return <p />;
}
