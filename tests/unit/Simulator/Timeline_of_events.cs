using Sigma.Simulator.Segware;

namespace Sigma.UnitTests.Simulator;

public sealed class Timeline_of_events
{
    [Fact]
    public void Finds_what_a_scan_of_everything_would_find()
    {
        var random = new Random(11);
        for (var round = 0; round < 200; round++)
        {
            var timeline = new Timeline<(int Number, DateTimeOffset At)>(item => item.At);
            var all = new List<(int Number, DateTimeOffset At)>();
            var number = 0;
            for (var step = 0; step < 12; step++)
            {
                var batch = Enumerable.Range(0, random.Next(6)).Select(_ => (number++, Moment(random))).ToList();
                timeline.AddRange(batch);
                all.AddRange(batch);
                var one = (number++, Moment(random));
                timeline.Add(one);
                all.Add(one);
            }

            var slice = new TimeSlice(Moment(random), Moment(random), random.Next(2) == 0, random.Next(2) == 0);
            var expected = all.Where(item => Lies(item.At, slice)).OrderBy(item => item.At);

            Assert.Equal(expected, timeline.Within(slice));
        }
    }

    private static bool Lies(DateTimeOffset at, TimeSlice slice) =>
        (slice.FromInclusive ? at >= slice.From : at > slice.From) && (slice.ToInclusive ? at <= slice.To : at < slice.To);

    private static DateTimeOffset Moment(Random random) => ManualClock.Noon.AddSeconds(random.Next(30));
}
