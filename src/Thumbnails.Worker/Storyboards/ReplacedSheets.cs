using Thumbnails.Core.Jobs;
using Thumbnails.Core.Storage;

namespace Thumbnails.Worker.Storyboards;

/// <summary>
/// The sheets of a storyboard that is being replaced. Those that the new storyboard does not replace are removed, unless another
/// job has written them meanwhile.
/// </summary>
internal sealed class ReplacedSheets
{
    private readonly IObjectStore _store;
    private readonly StoryboardName _name;
    private readonly StoryboardDocument _document;
    private readonly string _writer;

    private ReplacedSheets(IObjectStore store, StoryboardName name, StoryboardDocument document, string writer) =>
        (_store, _name, _document, _writer) = (store, name, document, writer);

    /// <summary>Returns null when no storyboard has this name, or when its writer is not known.</summary>
    public static async Task<ReplacedSheets?> FindAsync(IObjectStore store, StoryboardName name, CancellationToken cancellationToken)
    {
        var key = ObjectKeys.Storyboard(name);
        return await store.HeadAsync(key, cancellationToken) is { Writer: { } writer }
            && await store.GetJsonAsync(key, CoreJson.Default.StoryboardDocument, cancellationToken) is { } document
                ? new ReplacedSheets(store, name, document, writer)
                : null;
    }

    /// <summary>Removes what a storyboard does not contain.</summary>
    public async Task RemoveAsync(StoryboardDocument current, CancellationToken cancellationToken)
    {
        var first = current.Format == _document.Format ? current.Sheets.Count : 0;
        for (var sheet = first; sheet < _document.Sheets.Count; sheet++)
            await _store.DeleteAsync(ObjectKeys.StoryboardSheet(_name, sheet, _document.Format), _writer, cancellationToken);
    }
}
