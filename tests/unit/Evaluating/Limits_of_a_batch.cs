using Sigma.Contracts;
using Sigma.Evaluator.Conditions.Counting;

namespace Sigma.UnitTests.Evaluating;

public sealed class Limits_of_a_batch
{
    static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    public static TheoryData<string, Func<EventBatch, EventBatch>> Broken => new()
    {
        { "its source is missing", batch => batch with { Source = "" } },
        { "its source is longer than 64 characters", batch => batch with { Source = new string('s', 65) } },
        { "its slice is not between 2000 and 2200", batch => batch with { SliceFrom = DateTimeOffset.UnixEpoch } },
        { "its slice ends before it begins", batch => batch with { SliceTo = batch.SliceFrom.AddTicks(-1) } },
        { "its part is not one of 1 to 10,000", batch => batch with { Part = 3 } },
        { "its part is not one of 1 to 10,000", batch => batch with { Part = 0 } },
        { "its part is not one of 1 to 10,000", batch => batch with { Parts = 10_001 } },
        { "its list of events is missing", batch => batch with { Events = null! } },
        { "it has 10,001 events, more than 10,000", batch => batch with { Events = [.. Enumerable.Repeat(Event(), 10_001)] } },
        { "its list of excused occurrences is missing", batch => batch with { ExcusedOccurrenceIds = null! } },
        { "it excuses 10,001 occurrences, more than 10,000", batch => batch with { ExcusedOccurrenceIds = [.. Enumerable.Repeat("1", 10_001)] } },
    };

    public static TheoryData<string, MonitoredEvent?> Odd => new()
    {
        { "event 1 is missing", null },
        { "event 1 has no id", Event() with { EventId = "" } },
        { "has an id that is longer than 128 characters", Event() with { EventId = new string('i', 129) } },
        { "has an occurrence id that is longer than 255 characters", Event() with { OccurrenceId = new string('o', 256) } },
        { "has no labels", Event() with { Labels = null! } },
        { "has more than 32 labels", Event() with { Labels = Enumerable.Range(0, 33).ToDictionary(i => $"{i}", _ => "") } },
        { "has a label without a value", Event() with { Labels = Account(null!) } },
        { "has labels that are longer than 1000 characters", Event() with { Labels = Account(new('7', 1000)) } },
        { "has a time that is not between 2000 and 2200", Event() with { OccurredAt = DateTimeOffset.MaxValue } },
    };

    [Theory, MemberData(nameof(Broken))]
    public void Refuse_it_as_a_whole_where_it_breaks_the_contract_itself(string fault, Func<EventBatch, EventBatch> broken)
    {
        var refused = Assert.Throws<InvalidDataException>(() => BatchLimits.Sort(broken(Batch(Event()))));

        Assert.StartsWith($"Refused: {fault}", refused.Message);
    }

    [Theory, MemberData(nameof(Odd))]
    public void Put_an_event_aside_alone(string oddness, MonitoredEvent? odd)
    {
        var (batch, aside) = BatchLimits.Sort(Batch(Event("first"), odd!, Event("last")));

        Assert.Equal(["first", "last"], batch.Events.Select(e => e.EventId));
        Assert.EndsWith(oddness, Assert.Single(aside).Reason);
    }

    [Fact]
    public void Let_pass_what_is_as_long_as_it_may_be()
    {
        var labels = Account(new('7', 1000 - """{"account":""}""".Length));
        var longest = Event(new string('i', 128)) with { OccurrenceId = new string('o', 255), Labels = labels };
        var batch = Batch([.. Enumerable.Repeat(longest, 10_000)]);

        var (right, aside) = BatchLimits.Sort(batch);

        Assert.Same(batch, right);
        Assert.Empty(aside);
    }

    [Fact]
    public void Are_those_of_an_excuse_too()
    {
        OccurrencesExcused Excused(int count) => new() { Source = "segware", OccurrenceIds = [.. Enumerable.Repeat("1", count)] };

        BatchLimits.Check(Excused(10_000));
        Assert.Contains("10,001 occurrences", Assert.Throws<InvalidDataException>(() => BatchLimits.Check(Excused(10_001))).Message);
    }

    static EventBatch Batch(params MonitoredEvent[] events) => new()
    {
        BatchId = Guid.NewGuid(), Source = "segware", SliceFrom = Noon, SliceTo = Noon.AddMinutes(1), Part = 1, Parts = 2, Events = events,
    };

    static MonitoredEvent Event(string id = "event") => new()
    {
        EventId = id, OccurredAt = Noon, Labels = Account("7"),
    };

    static Dictionary<string, string> Account(string account) => new() { ["account"] = account };
}
