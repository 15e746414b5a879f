namespace Sigma.Archive.Logs.Embedded;

/// <summary>The blocks of one file that may have lines of a query, the latest first, read page by page: a day may have a million of them.</summary>
internal sealed class BlockCursor(LogFileReader file, string? match, LogRange range) : IDisposable
{
    internal const int Page = 20_000;

    IReadOnlyList<BlockPlace> _blocks = [];
    int _next;
    bool _isLastPage;

    public string Path => file.Path;

    /// <summary>The next block, which stays the next; null at the end.</summary>
    /// <exception cref="Microsoft.Data.Sqlite.SqliteException">Also when it was cancelled.</exception>
    public BlockPlace? Peek(CancellationToken ct)
    {
        if (_next == _blocks.Count && !_isLastPage)
        {
            _blocks = file.Blocks(match, range, _blocks.Count == 0 ? null : _blocks[^1], Page, ct);
            _next = 0;
            _isLastPage = _blocks.Count < Page;
        }
        return _next < _blocks.Count ? _blocks[_next] : null;
    }

    /// <summary>Goes past the next block.</summary>
    public void Skip() => _next++;

    /// <summary>Leaves out the rest.</summary>
    public void End() => (_blocks, _next, _isLastPage) = ([], 0, true);

    public void Dispose() => file.Dispose();
}
