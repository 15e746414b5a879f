using Microsoft.Extensions.DependencyInjection;
using Sigma.Evaluator.Rules;
using Sigma.Evaluator.Triggers;
using Sigma.IntegrationTests.Stations;
using Sigma.Storage;
using static Sigma.IntegrationTests.Evaluation.Batches;

namespace Sigma.IntegrationTests.Evaluation;

public sealed class Late_hints_and_clearing(ITestOutputHelper output)
{
    static readonly Dictionary<string, string> Key = new() { ["account"] = "100", ["cuc"] = "ALR", ["code"] = "E130" };

    [Fact]
    public async Task A_hint_to_clear_that_is_late_finds_the_count_high_again_and_clears_nothing()
    {
        await using var station = await Station.Create(output);
        var evaluator = await station.StartEvaluator();
        var rule = evaluator.Services.GetRequiredService<RuleSet>().All[0];
        await station.Feed(evaluator, Slice(Noon.AddHours(-2), Noon, []), Slice(Noon, Noon.AddMinutes(1), Burst(20, Noon)));

        await station.Feed(evaluator,
            new ClearHint { TriggerId = rule.TriggerId(Key), Through = Noon.AddMinutes(90), Reason = ClearReason.VolumeNormal });

        Assert.Empty(station.Alerts.Cleared);
    }

    [Fact]
    public async Task A_hint_to_raise_that_is_late_does_not_begin_the_episode_that_is_over_again()
    {
        await using var station = await Station.Create(output);
        var evaluator = await station.StartEvaluator();
        var rule = evaluator.Services.GetRequiredService<RuleSet>().All[0];
        await station.Feed(evaluator, Slice(Noon.AddHours(-2), Noon, []), Slice(Noon, Noon.AddMinutes(1), Burst(20, Noon)));
        await station.Feed(evaluator, Slice(Noon.AddMinutes(1), Noon.AddHours(3), []));
        Assert.Single(station.Alerts.Cleared);

        await station.Feed(evaluator,
            new RaiseHint
                { TriggerId = rule.TriggerId(Key), Rule = rule.Name, Source = rule.Source, Labels = Key, From = Noon, To = Noon.AddHours(2) });

        Assert.Single(station.Alerts.Raised);
        Assert.Equal(0, await station.Count("select count(*) from sigma_cloud_events_tracker_triggers"));
    }

    [Fact]
    public async Task Events_that_come_while_their_trigger_is_being_cleared_wait_for_it_and_raise_anew()
    {
        await using var station = await Station.Create(output);
        var evaluator = await station.StartEvaluator();
        var rule = evaluator.Services.GetRequiredService<RuleSet>().All[0];
        await station.Feed(evaluator, Slice(Noon.AddHours(-2), Noon, []), Slice(Noon, Noon.AddMinutes(1), Burst(20, Noon)));
        var later = Noon.AddHours(3);

        // A clearing in the middle: its row is locked and not yet gone.
        await using (var clearing = await station.Database.Begin(CancellationToken.None))
        {
            var table = new TriggerTable(station.Clock);
            var trigger = await table.Load(clearing, rule.TriggerId(Key), CancellationToken.None);
            await evaluator.Feed(Slice(later, later.AddMinutes(1), Burst(20, later)));
            await Await.Until(
                async () => await station.Count("select count(*) from evaluator_parts where slice_from = " + later.ToUnixTimeMilliseconds()) == 1
                && (await station.LocksWaitedFor() > 0 || station.Traffic.Held == 0),
                "the new events are stored, and whoever counts them waits or has gone on");
            trigger!.ClearedThrough = Noon.AddHours(2).AddMinutes(30).ToUnixTimeMilliseconds();
            await table.Delete(clearing, trigger, CancellationToken.None);
            await clearing.Commit(CancellationToken.None);
        }

        await station.Alerts.UntilRaised(2);
    }
}
