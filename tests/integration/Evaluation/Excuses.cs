using Sigma.Contracts;
using Sigma.IntegrationTests.Stations;
using static Sigma.IntegrationTests.Evaluation.Batches;

namespace Sigma.IntegrationTests.Evaluation;

public sealed class Excuses(ITestOutputHelper output)
{
    static OccurrencesExcused Excuse(params string[] occurrences) => new() { Source = "segware", OccurrenceIds = occurrences };

    [Fact]
    public async Task Events_excused_before_they_come_never_count()
    {
        await using var station = await Station.Create(output);
        var evaluator = await station.StartEvaluator();

        await station.Feed(evaluator, Excuse("o1"));
        await station.Feed(evaluator, Slice(Noon, Noon.AddMinutes(1), [.. Burst(15, Noon, occurrence: "o1"), .. Burst(19, Noon.AddSeconds(20))]));

        Assert.Empty(station.Alerts.Raised);
    }

    [Fact]
    public async Task Events_whose_batch_says_they_are_excused_do_not_raise_for_a_moment()
    {
        await using var station = await Station.Create(output);
        var evaluator = await station.StartEvaluator();

        await station.Feed(evaluator, Slice(Noon, Noon.AddMinutes(1), Burst(30, Noon, occurrence: "o1"), excused: "o1"));

        Assert.Empty(station.Alerts.Raised);
    }

    [Fact]
    public async Task Events_excused_late_are_taken_out_and_the_alert_is_cleared_at_once()
    {
        await using var station = await Station.Create(output);
        var evaluator = await station.StartEvaluator();
        await station.Feed(evaluator, Slice(Noon.AddHours(-2), Noon, []),
            Slice(Noon, Noon.AddMinutes(1), [.. Burst(10, Noon, occurrence: "o1"), .. Burst(15, Noon.AddSeconds(20))]));
        Assert.Single(station.Alerts.Raised);

        await station.Feed(evaluator, Excuse("o1", "unknown"));

        Assert.Equal(15, Assert.Single(station.Alerts.Cleared).Message.GetProperty("count").GetInt32());
    }

    [Fact]
    public async Task An_event_that_joins_its_occurrence_after_it_was_first_fetched_is_excused_with_it()
    {
        await using var station = await Station.Create(output);
        var evaluator = await station.StartEvaluator();
        await station.Feed(evaluator, Slice(Noon.AddHours(-2), Noon, []), Slice(Noon, Noon.AddMinutes(1), Burst(20, Noon)));
        Assert.Single(station.Alerts.Raised);

        await station.Feed(evaluator, Slice(Noon, Noon.AddMinutes(1), Burst(20, Noon, occurrence: "o1")));
        await station.Feed(evaluator, Excuse("o1"));

        Assert.Single(station.Alerts.Cleared);
    }
}
