using Sigma.Contracts;
using Sigma.Fetcher.Coverage;
using Sigma.Fetcher.Publishing;

namespace Sigma.UnitTests.Fetcher;

public sealed class Parts_of_a_slice
{
    static readonly Slice Slice = new(1_000, 61_000);
    static readonly HashSet<string> Nothing = [];

    [Fact]
    public void An_empty_slice_is_one_part_that_says_so()
    {
        var part = Assert.Single(SliceParts.Cut("segware", Slice, [], Nothing));

        Assert.Equal((1, 1, 0), (part.Part, part.Parts, part.Events.Count));
    }

    [Fact]
    public void Many_events_are_cut_into_numbered_parts_with_ids_that_stay()
    {
        var parts = SliceParts.Cut("segware", Slice, Events(2500), Nothing);

        Assert.Equal([1000, 1000, 500], parts.Select(p => p.Events.Count));
        Assert.Equal([1, 2, 3], parts.Select(p => p.Part));
        Assert.Equal(3, parts.Select(p => p.BatchId).Distinct().Count());
        Assert.Equal(parts.Select(p => p.BatchId), SliceParts.Cut("segware", Slice, Events(2500), Nothing).Select(p => p.BatchId));
    }

    [Fact]
    public void A_part_names_the_excused_occurrences_of_its_own_events_alone()
    {
        var parts = SliceParts.Cut("segware", Slice, Events(1500), new HashSet<string> { "3", "1200", "99999" });

        Assert.Equal(["3"], parts[0].ExcusedOccurrenceIds);
        Assert.Equal(["1200"], parts[1].ExcusedOccurrenceIds);
    }

    [Fact]
    public void A_fingerprint_changes_with_events_and_excuses_and_not_with_their_order()
    {
        var events = Events(20);
        var fingerprint = SliceParts.Fingerprint(events, Nothing);

        Assert.Equal(fingerprint, SliceParts.Fingerprint([.. events.AsEnumerable().Reverse()], Nothing));
        Assert.NotEqual(fingerprint, SliceParts.Fingerprint(Events(21), Nothing));
        Assert.NotEqual(fingerprint, SliceParts.Fingerprint(events, new HashSet<string> { "3" }));
        Assert.NotEqual(fingerprint, SliceParts.Fingerprint([.. events.Select(e => e with { OccurrenceId = "8" })], Nothing));
    }

    static List<MonitoredEvent> Events(int count) => [.. Enumerable.Range(1, count).Select(i => new MonitoredEvent
    {
        EventId = $"event {i}", OccurredAt = DateTimeOffset.UnixEpoch, Labels = new Dictionary<string, string>(), OccurrenceId = $"{i}",
    })];
}
