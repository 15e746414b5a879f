namespace Sigma.Fetcher.Events;

/// <summary>The ids that the source gave lately, and to what: one that comes again with something else names nothing.</summary>
internal sealed class KnownIds
{
    const int Generation = 25_000;

    readonly Lock _lock = new();
    Dictionary<string, long> _young = [], _old = [];

    /// <summary>Content of an event, as far as it tells one from another.</summary>
    public static long ContentOf(string account, string cuc, string code, DateTimeOffset? at) =>
        ((long)HashCode.Combine(account, code, at) << 32) ^ (uint)HashCode.Combine(code, at, cuc, account);

    /// <summary>The content this id was given to; null when it was not seen lately.</summary>
    public long? ContentOf(string id)
    {
        lock (_lock)
            return _young.TryGetValue(id, out var content) || _old.TryGetValue(id, out content) ? content : null;
    }

    /// <summary>
    /// Remembers the ids of an answer. Those that several events share belong to none of them; one that another answer took meanwhile is shared too.
    /// </summary>
    public void Add(Dictionary<string, long> ids, HashSet<string> shared)
    {
        lock (_lock)
            foreach (var (id, content) in ids)
            {
                if (ContentOf(id) is { } taken)
                {
                    if (taken != content)
                        shared.Add(id);
                    continue;
                }
                if (_young.Count >= Generation)
                {
                    _old = _young;
                    _young = [];
                }
                _young[id] = shared.Contains(id) ? 0 : content;
            }
    }
}
