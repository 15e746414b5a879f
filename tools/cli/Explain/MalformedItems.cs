using Sigma.Evaluator.Queries;
using Sigma.Fetcher.Queries;
using Sigma.Segware;
using Sigma.Storage;
using Sigma.Storage.Queries;

namespace Sigma.Cli.Explain;

/// <summary>A record or an event that was put aside, and by whom.</summary>
internal sealed record MalformedItem(string By, MalformedRow Row);

/// <summary>What is odd about an account's events, and about those of the time asked about that name no account.</summary>
internal sealed record MalformedItems(IReadOnlyList<MalformedItem> Records, IReadOnlyList<OddTime> Times)
{
    const int Most = 20, LongestShown = 300;

    public static async Task<MalformedItems> Read(Database database, StoredEvents events, ExplainQuery query, long window, CancellationToken ct)
    {
        var from = query.At - window;
        var records = await OddRecordRows.In(database).Of(query.Source, query.Account, from, query.At, Most, ct);
        var put = await OddEventRows.In(database).Of(query.Source, query.Account, from, query.At, Most, ct);
        var newest = records.Select(row => new MalformedItem("fetcher", row)).Concat(put.Select(row => new MalformedItem("evaluator", row)))
            .OrderByDescending(item => item.Row.SeenAt).Take(Most);
        return new([.. newest], await events.WithOtherTimes(query.Account, from, query.At, ct));
    }

    /// <summary>Whether anything is of the account itself.</summary>
    public bool OfAccount => Times.Count > 0 || Records.Any(item => item.Row.Account is not null);

    public void Write(Screen screen, LocalTimes local)
    {
        if (screen.Json)
        {
            foreach (var (by, odd) in Records)
                screen.Line(new
                {
                    kind = "odd", by, from = odd.SliceFrom.ToTime(), to = odd.SliceTo.ToTime(), reason = odd.Reason, counted = odd.Used > 0,
                    account = odd.Account, raw = odd.Raw,
                });
            foreach (var time in Times)
                screen.Line(new { kind = "oddTime", at = time.At.ToTime(), reported = time.Reported, eventId = time.EventId });
            return;
        }
        if (Records.Count + Times.Count > 0)
            screen.Line("");
        foreach (var (by, odd) in Records)
        {
            var what = odd.Used > 0
                ? "Counted without what is odd" : odd.Account is null ? "Put aside, of no account that can be read" : "Put aside, not counted";
            var raw = ResponseText.OneLine(Screen.OneLine(odd.Raw), LongestShown);
            Paragraph.Write(screen, 2, $"{what}, {local.Show(odd.SliceFrom, odd.SliceTo)}: {Screen.OneLine(odd.Reason)}: {raw}", first: 0);
        }
        foreach (var time in Times)
            Paragraph.Write(screen,
                2, $"Counted at {local.Show(time.At)}, although the source says {Screen.OneLine(time.Reported)}: {Screen.OneLine(time.EventId)}",
                first: 0);
    }
}
