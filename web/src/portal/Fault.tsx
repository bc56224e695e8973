import { Component, type ReactNode } from 'react';
import { withTranslation, type WithTranslation } from 'react-i18next';

/** A view that broke, or whose code is of a former release: what to do, instead of an empty page. */
class FaultBoundary extends Component<WithTranslation & { children: ReactNode }, { isBroken: boolean }> {
  override state = { isBroken: false };
  static getDerivedStateFromError = () => ({ isBroken: true });
  override render() {
    const { children, t } = this.props;
    if (!this.state.isBroken) return children;
    return (
      <div className="trouble" role="alert">
        <b>{t('problem.broken.title')}</b>
        <p>{t('problem.broken.detail')}</p>
        <button type="button" className="button" onClick={() => window.location.reload()}>{t('act.reload')}</button>
      </div>
    );
  }
}
export const Fault = withTranslation()(FaultBoundary);
