using Microsoft.Extensions.Options;
using Sigma.Segware;

namespace Sigma.Notifier.Accounts;

/// <summary>Names of client groups, fetched as the one list there is. An empty name is an answer too, null is none.</summary>
internal sealed class ClientGroups
{
    readonly Remembered<string, GroupList> _list;
    readonly TimeProvider _time;
    readonly TimeSpan _seldom;

    public ClientGroups(SegwareApi api, IOptions<NotifierOptions> options, TimeProvider time, ILogger<ClientGroups> log)
    {
        var accounts = options.Value.Accounts;
        (_time, _seldom) = (time, accounts.KeepNotFoundFor);
        _list = new(async _ =>
        {
            using var patience = new CancellationTokenSource(accounts.Patience);
            try
            {
                var answer = await api.Get<List<ClientGroupAnswer>>("v1/clientGroups", patience.Token);
                return new(time.GetUtcNow(), answer.Where(g => g.Id is not null).DistinctBy(g => g.Id).ToDictionary(g => g.Id!.Value, g => g.Name ?? ""));
            }
            catch (Exception e)
            {
                log.LogWarning("The client groups have no names for now: {Reason}", e.Message);
                return new(time.GetUtcNow(), null);
            }
        }, list => list.Names is null ? accounts.KeepFailureFor : accounts.KeepFor, 1, time);
    }

    public async Task<string?> Name(long group, CancellationToken ct)
    {
        var list = await _list.Get("all", ct);
        if (list.Names?.ContainsKey(group) == false && _time.GetUtcNow() - list.FetchedAt >= _seldom)
        {
            _list.Forget("all", list); // a group newer than the list
            list = await _list.Get("all", ct);
        }
        return list.Names is null ? null : list.Names.GetValueOrDefault(group, "");
    }

    sealed record GroupList(DateTimeOffset FetchedAt, Dictionary<long, string>? Names);
}
