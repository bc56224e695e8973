import { useEffect, useState } from 'react';
import { readFile } from '../buyer';

/** A small picture of a file; of what a browser can't draw, its kind of file in letters. */
export function Picture({ file, id, media, name }: { file?: File; id?: string; media: string; name: string }) {
  const [url, setUrl] = useState<string>();
  const [isBroken, setBroken] = useState(false);
  const isImage = media.startsWith('image/');
  useEffect(() => {
    if (!isImage) return;
    let made: string | undefined;
    let isGone = false;
    // With the link in a header: in an address it would stand in the logs on the way.
    void (file ? Promise.resolve(file) : readFile(id!)).then(
      (blob) => {
        if (isGone) return;
        made = URL.createObjectURL(blob);
        setUrl(made);
      },
      () => setBroken(true),
    );
    return () => {
      isGone = true;
      if (made) URL.revokeObjectURL(made);
    };
  }, [file, id, isImage]);
  if (isImage && url && !isBroken) return <img className="thumb" src={url} alt={name} onError={() => setBroken(true)} />;
  return <span className="thumb" aria-hidden="true">{media.split('/')[1]?.slice(0, 4).toUpperCase()}</span>;
}
