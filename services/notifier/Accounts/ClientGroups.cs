using Microsoft.Extensions.Options;
using Sigma.Segware;

namespace Sigma.Notifier.Accounts;

/// <summary>Names of client groups, fetched as the one list there is. An empty name is an answer too, null is none.</summary>
internal sealed class ClientGroups
{
    const int LongestExample = 200;

    readonly SegwareApi _api;
    readonly ILogger _log;
    readonly LoadingCache<string, GroupList> _list;
    readonly TimeProvider _time;
    readonly TimeSpan _seldom;
    string? _toldExample;

    public ClientGroups(SegwareApi api, IOptions<NotifierOptions> options, TimeProvider time, ILogger<ClientGroups> log)
    {
        var accounts = options.Value.Accounts;
        _api = api;
        _log = log;
        _time = time;
        _seldom = accounts.KeepNotFoundFor;
        _list = new(async _ =>
        {
            using var patience = new CancellationTokenSource(accounts.Patience);
            return new(time.GetUtcNow(), await Names(patience.Token));
        }, list => list.Names is null ? accounts.KeepFailureFor : accounts.KeepFor, 1, time);
    }

    public async Task<string?> Name(string group, CancellationToken ct)
    {
        var list = await _list.Get("all", ct);
        if (list.Names?.ContainsKey(group) == false && _time.GetUtcNow() - list.FetchedAt >= _seldom)
        {
            await _list.Forget("all", list); // a group newer than the list
            list = await _list.Get("all", ct);
        }
        return list.Names is null ? null : list.Names.GetValueOrDefault(group, "");
    }

    async Task<Dictionary<string, string>?> Names(CancellationToken ct)
    {
        try
        {
            var (names, odd, example) = await _api.Get("v1/clientGroups", Read, ct);
            if (odd > 0 && Interlocked.Exchange(ref _toldExample, example) != example)
                _log.LogWarning("{Count} of the client groups cannot be read and have no name; the first of them: {Example}", odd, example);
            return names;
        }
        catch (Exception e)
        {
            _log.LogWarning("The names of the client groups are unavailable: {Reason}", e.Message);
            return null;
        }
    }

    // What is wrong with one group concerns that one.
    static async Task<(Dictionary<string, string> Names, int Odd, string? Example)> Read(Stream body, CancellationToken ct)
    {
        Dictionary<string, string> names = [];
        var odd = 0;
        var example = (string?)null;
        await foreach (var record in JsonRecords.Split(body, ct))
        {
            var id = record.Fault is null ? record.Element.Id("id", out _) : null;
            var name = record.Fault is null ? record.Element.Name("name") : null;
            if (id is not null && (!names.TryGetValue(id, out var known) || known.Length == 0))
                names[id] = name ?? "";
            if (id is null || name is null)
            {
                odd = odd + 1;
                example = example ?? record.RawText(LongestExample);
            }
        }
        return (names, odd, example);
    }

    sealed record GroupList(DateTimeOffset FetchedAt, Dictionary<string, string>? Names);
}
