using System.Data.Common;
using Dapper;
using Sigma.Segware;
using Sigma.Storage;

namespace Sigma.Cli.Explain;

/// <summary>A record or an event that was put aside, or counted without what was odd about it. Times as stored.</summary>
internal sealed class OddThing
{
    public string By { get; init; } = "";
    public long SliceFrom { get; init; }
    public long SliceTo { get; init; }
    public string Reason { get; init; } = "";
    public long Used { get; init; }
    public string? Account { get; init; }
    public string Raw { get; init; } = "";
}

/// <summary>An event that is counted at another time than the source says.</summary>
internal sealed record OddTime(long At, string Reported, string EventId);

/// <summary>What is odd about an account's events, and about those of the time asked about that name no account.</summary>
internal sealed record OddThings(IReadOnlyList<OddThing> Records, IReadOnlyList<OddTime> Times)
{
    const int Most = 20, LongestShown = 300;

    public static async Task<OddThings> Read(DbConnection connection, StoredEvents events, Asked asked, long window, CancellationToken ct)
    {
        const string Columns = "slice_from SliceFrom, slice_to SliceTo, reason Reason, account Account, raw Raw, seen_at SeenAt",
            Asked = "source = @Source and slice_from <= @At and (account = @Account or (account is null and slice_to >= @From))";
        // No index: what is put aside is bounded to some thousands.
        var records = await connection.QueryAsync<OddThing>(new CommandDefinition(
            $"""
            select * from (
              select 'fetcher' as `By`, used Used, {Columns} from fetcher_odd_records where {Asked}
              union all
              select 'evaluator' as `By`, 0 as Used, {Columns} from evaluator_odd_events where {Asked}
            ) odd order by SeenAt desc limit {Most}
            """, new { asked.Source, asked.Account, asked.At, From = asked.At - window }, cancellationToken: ct));
        return new([.. records], await events.WithOtherTimes(asked.Account, asked.At - window, asked.At, ct));
    }

    /// <summary>Whether anything is of the account itself.</summary>
    public bool OfAccount => Times.Count > 0 || Records.Any(odd => odd.Account is not null);

    public void Write(Screen screen, LocalTimes local)
    {
        if (screen.Json)
        {
            foreach (var odd in Records)
                screen.Line(new
                {
                    kind = "odd", by = odd.By, from = odd.SliceFrom.ToTime(), to = odd.SliceTo.ToTime(), reason = odd.Reason, counted = odd.Used > 0,
                    account = odd.Account, raw = odd.Raw,
                });
            foreach (var time in Times)
                screen.Line(new { kind = "oddTime", at = time.At.ToTime(), reported = time.Reported, eventId = time.EventId });
            return;
        }
        if (Records.Count + Times.Count > 0)
            screen.Line("");
        foreach (var odd in Records)
        {
            var what = odd.Used > 0 ? "Counted without what is odd" : odd.Account is null ? "Put aside, of no account that can be read" : "Put aside, not counted";
            var raw = Words.OneLine(Screen.OneLine(odd.Raw), LongestShown);
            Paragraph.Write(screen, 2, $"{what}, {local.Show(odd.SliceFrom, odd.SliceTo)}: {Screen.OneLine(odd.Reason)}: {raw}", first: 0);
        }
        foreach (var time in Times)
            Paragraph.Write(screen, 2, $"Counted at {local.Show(time.At)}, although the source says {Screen.OneLine(time.Reported)}: {Screen.OneLine(time.EventId)}",
                first: 0);
    }
}
