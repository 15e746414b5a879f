using Sigma.Evaluator.Conditions.Counting;

namespace Sigma.UnitTests.Evaluating;

public sealed class Last_time_a_window_was_full
{
    [Fact]
    public void Is_what_brute_force_says()
    {
        foreach (var seed in Enumerable.Range(0, 300))
        {
            Random random = new(seed);
            var window = random.Next(1, 30);
            var limit = random.Next(1, 5);
            List<long> times = [.. Enumerable.Range(0, random.Next(0, 20)).Select(_ => (long)random.Next(100)).Order()];

            // The window that ends at a moment holds what is after its start, up to the moment.
            var full = Enumerable.Range(0, 200).Where(end => times.Count(at => at > end - window && at <= end) >= limit).ToList();

            Assert.Equal(full.Count == 0 ? null : full[^1] + 1, CountCondition.LastFullAt(times, window, limit));
        }
    }
}
