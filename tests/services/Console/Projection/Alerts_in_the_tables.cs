using Sigma.Contracts;
using Sigma.OperatorConsole.Alerts;
using Sigma.OperatorConsole.Projection;
using Sigma.OperatorConsole.Services;
using Sigma.ServiceTests.Console.Alerts;
using static Sigma.ServiceTests.Console.Alerts.AlertsSession;

namespace Sigma.ServiceTests.Console.Projection;

public sealed class Alerts_in_the_tables
{
    static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task Come_by_messages_also_of_rules_in_the_shadow_and_without_drills()
    {
        await using var console = await Start();
        var (alert, shadow, drill) = (Raised("7"), Raised("8"), Raised("DRILL-1") with { Source = Drill.Source, Rule = Drill.Source });

        await console.Publish(Cleared(alert, Noon.AddMinutes(5)));
        await console.Publish(drill);
        await console.Publish(new ShadowAlertRaised { Alert = shadow });
        await console.Publish(alert);

        await Await.Until(() => console.Query<string>("select labels from console_alerts"), rows => rows.Count == 2, "both are there");
        await Await.Until(() => console.Alerts.Timeline(alert.AlertId, Everybody, None), events => events is { Count: 2 },
            "it was raised and cleared");
        Assert.Equal("volume-normal", (await Find(alert)).ClearedReason);
        Assert.False((await Find(alert)).Shadow);
        Assert.True((await Find(shadow)).Shadow);
        Assert.Null(await console.Alerts.Find(drill.AlertId, Everybody, None));

        async Task<AlertView> Find(AlertRaised raised) => (await console.Alerts.Find(raised.AlertId, Everybody, None))!;
    }

    [Fact]
    public async Task Are_cut_where_they_are_too_long_and_never_refused()
    {
        await using var console = await Start();
        var alert = Raised("7") with
        {
            Rule = new string('r', 300), Severity = new string('s', 50), Summary = new string('á', 900), Url = new string('u', 5000),
            Category = new string('c', 50), Unit = new string('n', 50), Value = double.NaN,
            Labels = new Dictionary<string, string> { ["account"] = new string('7', 2000), ["name"] = "São 'José'\\ \"aqui\"" },
            Annotations = new Dictionary<string, string> { ["long"] = new string('a', 400_000), ["short"] = "yes" },
        };

        await console.Store(ProjectedMessages.Of(alert));

        var found = (await console.Alerts.Find(alert.AlertId, Everybody, None))!;
        Assert.Equal((100, 32, 500, 2000, 32, 16), (found.Rule.Length, found.Severity.Length, found.Summary!.Length, found.Url!.Length,
            found.Category!.Length, found.Unit!.Length));
        Assert.Equal("São 'José'\\ \"aqui\"", found.Labels["name"]);
        Assert.True(found.Labels["account"].Length < 1000);
        Assert.Null(found.Value);
        Assert.Equal("yes", found.Annotations!.Single().Value);
    }

    [Fact]
    public async Task Are_whole_again_after_the_table_was_emptied()
    {
        await using var console = await Start();
        var alerts = Enumerable.Range(0, 10).Select(i => Raised($"{i}")).ToList();
        await console.Store([.. alerts.Select(alert => ProjectedMessages.Of(alert))]);
        await Await.Until(() => Task.FromResult(console.Board.Current.Raised), count => count == 10, "the board shows all");
        await console.Execute("delete from console_alerts");
        await console.Execute("delete from console_sequence");
        console.Evaluator.Raised = [.. alerts.Take(8).Select(Seen)];

        var (added, ended) = await console.Get<Rebuild>().Look(None);

        Assert.Equal((8, 0), (added, ended));
        Assert.Equal((0, 0), await console.Get<Rebuild>().Look(None));
        console.Clock.Advance(TimeSpan.FromSeconds(15)); // so often the board looks whether the numbers began anew
        await Await.Until(() => Task.FromResult(console.Board.Current.Raised), count => count == 8, "the board shows what is raised");
        Assert.Equal("Bia", (await console.Alerts.Find(alerts[3].AlertId, Everybody, None))!.AcknowledgedBy);
        Assert.Equal(["raised"], (await console.Alerts.Timeline(alerts[3].AlertId, Everybody, None))!.Select(happened => happened.What));
    }

    [Fact]
    public async Task Are_over_when_the_evaluator_has_them_no_more_for_two_looks()
    {
        await using var console = await Start();
        var (kept, lost, young) = (Raised("1"), Raised("2"), Raised("3") with { RaisedAt = console.Clock.GetUtcNow() });
        await console.Store(ProjectedMessages.Of(kept), ProjectedMessages.Of(lost), ProjectedMessages.Of(young));
        console.Evaluator.Raised = [Seen(kept)];

        Assert.Equal((1, 0), await console.Get<Rebuild>().Look(None)); // it was acknowledged, of which no message came
        Assert.Equal((0, 1), await console.Get<Rebuild>().Look(None));

        Assert.Equal(Rebuild.NotRaised, (await console.Alerts.Find(lost.AlertId, Everybody, None))!.ClearedReason);
        Assert.True((await console.Alerts.Find(young.AlertId, Everybody, None))!.IsRaised);
        Assert.True((await console.Alerts.Find(kept.AlertId, Everybody, None))!.IsRaised);

        await console.Store(ProjectedMessages.Of(Cleared(lost, Noon.AddMinutes(1))));
        Assert.Equal("volume-normal", (await console.Alerts.Find(lost.AlertId, Everybody, None))!.ClearedReason);
    }

    [Fact]
    public async Task Get_the_names_of_their_accounts_as_soon_as_these_are_known()
    {
        await using var console = await Start();
        var alert = await console.Raise("7");
        var before = console.Board.Find(alert, Everybody)!;
        console.Names.Known["7"] = new FoundNames("7", "0042", "Padaria do Zé", "Vigília Sul", null);
        console.Clock.Advance(TimeSpan.FromMinutes(2));

        var named = await Await.Until(() => Task.FromResult(console.Board.Find(alert, Everybody)!), shown => shown.TradeName is not null,
            "it has a name");

        Assert.Equal(("0042", "Padaria do Zé", "Vigília Sul", (string?)null), (named.AccountCode, named.TradeName, named.Company, named.ClientGroup));
        Assert.True(named.Sequence > before.Sequence);
        Assert.Equal("Padaria do Zé", console.Board.Find(await console.Raise("7"), Everybody)!.TradeName); // at once
    }

    [Fact]
    public async Task Go_when_they_were_over_longer_ago_than_they_are_kept()
    {
        await using var console = await Start();
        var (old, other) = (Raised("7", at: Noon.AddDays(-500)), Raised("8", at: Noon.AddDays(-500)));
        await console.Store(ProjectedMessages.Of(old), ProjectedMessages.Of(Cleared(old, Noon.AddDays(-499))), ProjectedMessages.Of(other));

        await console.Get<Purge>().Run(None);

        Assert.Null(await console.Alerts.Find(old.AlertId, Everybody, None));
        Assert.NotNull(await console.Alerts.Find(other.AlertId, Everybody, None));
        Assert.Single(await console.Query<long>("select at from console_alert_events"));
    }

    static RaisedAlert Seen(AlertRaised alert) => new()
    {
        AlertId = alert.AlertId, Rule = alert.Rule, Kind = alert.Kind, Source = alert.Source, Severity = alert.Severity, Labels = alert.Labels,
        RaisedAt = alert.RaisedAt, Value = alert.Value, AcknowledgedAt = alert.RaisedAt.AddMinutes(1), AcknowledgedBy = "Bia",
    };
}
