using System.Text;
using Sigma.OperatorConsole.Alerts;
using Sigma.OperatorConsole.Projection;
using static Sigma.ServiceTests.Console.Alerts.AlertsSession;

namespace Sigma.ServiceTests.Console.Alerts;

public sealed class The_past
{
    static readonly CancellationToken None = CancellationToken.None;

    [Theory, InlineData(1), InlineData(2)]
    public async Task Comes_page_by_page_each_alert_once_and_as_the_filter_says(int seed)
    {
        await using var console = await Start();
        Random random = new(seed);
        var now = console.Clock.GetUtcNow();
        List<ProjectedMessage> messages = [];
        for (var i = 0; i < 120; i++)
        {
            var alert = Raised($"{random.Next(6)}", random.Next(3) == 0 ? "critical" : "warning", $"rule_{random.Next(3)}",
                now.AddSeconds(-random.Next(20) * 600), $"100% {(random.Next(2) == 0 ? "disk" : "Padaria")} {i}");
            messages.Add(ProjectedMessages.Of(alert));
            if (random.Next(2) == 0)
                messages.Add(ProjectedMessages.Of(Cleared(alert, alert.RaisedAt.AddMinutes(random.Next(60)))));
        }
        await console.Store([.. messages]);
        var history = console.Get<HistoryQuery>();
        var all = await All(history, new HistoryFilter(), Everybody with { }, 1000);
        Assert.Equal(120, all.Count);

        foreach (var query in (string[])["severity=critical", "account=3&account=4", "code=E130&rule=rule_1", "code=E131", "q=disk",
            "q=100%25+padaria", "q=100_", "state=raised", "state=cleared&max=10m", "min=00:30:00", "site=", "oldest=yes",
            "ack=yes", "label.code=E130&severity=critical"])
        {
            var filter = HistoryFilter.Parse(query);
            foreach (var limits in (string[])["", "3"])
            {
                var caller = limits.Length == 0 ? Everybody : Everybody with { Limits = Limits("account", limits) };
                var found = await All(history, filter, caller, 7);
                var expected = all.Where(alert => Fits(alert, filter, now) && alert.IsVisibleTo(caller.Limits)).Select(alert => alert.AlertId);
                Assert.Equal((query, Ids(expected.Order())), (query, Ids(found.Select(alert => alert.AlertId).Order())));
                var times = found.Select(alert => alert.RaisedAt).ToList();
                Assert.Equal(filter.OldestFirst ? times.Order() : times.OrderDescending(), times);
            }
            Assert.Equal(filter.ToQuery(), HistoryFilter.Parse(filter.ToQuery()).ToQuery());
        }
        await Assert.ThrowsAsync<FormatException>(() => history.Page(new(), "'; drop", 10, Everybody, None));
    }

    [Fact]
    public async Task Is_a_file_that_harms_no_spreadsheet()
    {
        await using var console = await Start();
        var now = console.Clock.GetUtcNow();
        var alert = Raised("=1+1", rule: "@SUM(A1)", at: now, summary: "+cmd|' /C calc'!A0") with
        {
            Category = "\"a\",\nb;=2", Unit = "-1", Value = -5,
        };
        await console.Store(ProjectedMessages.Of(alert));
        using MemoryStream file = new();

        await console.Get<HistoryQuery>().Csv(new HistoryFilter(), Everybody, file, None);

        var bytes = file.ToArray();
        Assert.Equal(Encoding.UTF8.Preamble.ToArray(), bytes[..3]);
        var rows = Encoding.UTF8.GetString(bytes[3..]).Split("\r\n");
        Assert.StartsWith("alert_id,severity,rule,", rows[0]);
        Assert.Equal(3, rows.Length);
        foreach (var cell in (string[])["\"'@SUM(A1)\"", "\"'+cmd|' /C calc'!A0\"", "\"'=1+1\"", "\"'-1\"", ",-5,", "\"\"\"a\"\",\nb;'=2\""])
            Assert.Contains(cell, rows[1], StringComparison.Ordinal);
        Assert.DoesNotContain("\"=", rows[1], StringComparison.Ordinal);
    }

    [Theory, InlineData("=1", "\"'=1\""), InlineData("\t=1", "\"'\t'=1\""), InlineData("a\"b", "\"a\"\"b\""), InlineData("  =1", "\"  '=1\""),
     InlineData("＝1", "\"'＝1\""), InlineData("a=1;-2", "\"a=1;'-2\""), InlineData("a-b@c", "\"a-b@c\""), InlineData("", "")]
    public void Cells_are_quoted_and_no_formulas(string text, string written) => Assert.Equal(written, ((CsvCell)text).Written());

    [Fact]
    public async Task Says_how_fast_alerts_were_cleared()
    {
        await using var console = await Start();
        var now = console.Clock.GetUtcNow().AddHours(-2);
        foreach (var minutes in (int[])[1, 2, 3, 4, 30])
        {
            var alert = Raised("7", at: now.AddMinutes(minutes));
            await console.Store(ProjectedMessages.Of(alert), ProjectedMessages.Of(Cleared(alert, alert.RaisedAt.AddMinutes(minutes))));
        }

        var times = Assert.Single((await console.Get<HistoryQuery>().Times(new(), Everybody, None)).Rules);

        Assert.Equal(("excess", 5, 0, 5, (Spread?)null), (times.Rule, times.Alerts, times.Acknowledged, times.Cleared, times.ToAcknowledge));
        Assert.Equal(new Spread(TimeSpan.FromMinutes(3), TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(8)), times.ToClear);
        Assert.Empty((await console.Get<HistoryQuery>().Times(new(), Everybody with { Limits = Limits("account", "8") }, None)).Rules);
    }

    static bool Fits(AlertView alert, HistoryFilter filter, DateTimeOffset now)
    {
        var lasted = (alert.ClearedAt ?? now) - alert.RaisedAt;
        return filter.Fields.All(field => field.Value.Contains(alert.Field(field.Key) ?? ""))
            && filter.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .All(word => alert.Summary!.Contains(word, StringComparison.OrdinalIgnoreCase))
            && (filter.Raised is null || filter.Raised == alert.IsRaised) && !(lasted < filter.Shortest) && !(lasted > filter.Longest)
            && (filter.Acknowledged is null || filter.Acknowledged == alert.AcknowledgedAt is not null);
    }

    static async Task<List<AlertView>> All(HistoryQuery history, HistoryFilter filter, OperatorConsole.Access.Caller caller, int limit)
    {
        List<AlertView> all = [];
        string? after = null;
        do
        {
            var page = await history.Page(filter, after, limit, caller, None);
            Assert.True(page.Items.Count <= limit && (page.Next is null || page.Items.Count == limit));
            all.AddRange(page.Items);
            after = page.Next;
        }
        while (after is not null);
        return all;
    }

    static string Ids(IEnumerable<Guid> ids) => string.Join(',', ids);
}
