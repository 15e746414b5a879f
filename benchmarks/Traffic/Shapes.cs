namespace Sigma.Benchmarks.Traffic;

/// <summary>How events are spread over keys. Each shape is the same at every run.</summary>
internal static class Shapes
{
    public const string ManyKeys = "20,000 events of 3,000 keys: 300 keys bring half of them, 2,700 the other half, over the last 115 minutes";
    public const string FullWindow =
        "1,000,000 events of 40,000 more keys: 2,000 flooding keys (raised already) bring 600,000 of them, 38,000 keys hold 1 to 19 each, over the "
            + "last 100 minutes";
    public const string NextPoll = "200 new events: 20 keys get the event that fills their window, 90 go to raised keys, the rest to others";

    /// <summary>See <see cref="ManyKeys"/>.</summary>
    public static List<PanelEvent> First(DateTimeOffset now)
    {
        const int Events = 20_000, Keys = 3_000, Noisy = 300;
        var random = new Random(1);
        var numbers = Enumerable.Range(0, Keys).Concat(Enumerable.Range(0, Events - Keys)
            .Select(i => i < Events / 2 - Noisy ? random.Next(Noisy) : Noisy + random.Next(Keys - Noisy)));
        return [.. numbers.Select(n => new PanelEvent(PanelKey.Of(n), Before(now, random, TimeSpan.FromMinutes(115))))];
    }

    /// <summary>See <see cref="FullWindow"/>; <paramref name="already"/> events are there.</summary>
    public static List<PanelEvent> Full(DateTimeOffset now, int already)
    {
        const int FirstKey = 10_000, Flooding = 2_000, Quiet = 38_000;
        var random = new Random(2);
        List<int> numbers = new(1_000_000);
        for (var key = 0; key < Quiet; key++)
            for (var i = random.Next(1, 20); i > 0; i--)
                numbers.Add(FirstKey + Flooding + key);
        for (var key = 0; key < Flooding; key++)
            for (var i = 0; i < 30; i++) // none of them just below the threshold
                numbers.Add(FirstKey + key);
        while (numbers.Count < 1_000_000 - already)
            numbers.Add(FirstKey + random.Next(Flooding));
        return [.. numbers.Select(n => new PanelEvent(PanelKey.Of(n), Before(now, random, TimeSpan.FromMinutes(100))))];
    }

    /// <summary>See <see cref="NextPoll"/>: events between two instants, some of which make keys due that were not.</summary>
    public static List<PanelEvent> Next(Oracle known, int threshold, DateTimeOffset from, DateTimeOffset to, int seed)
    {
        const int Events = 200, Crossing = 20, ToRaised = 90;
        var random = new Random(seed);
        var below = known.Times.Where(k => !known.Due.Contains(k.Key)).ToList();
        var raised = known.Due.ToList();
        List<PanelKey> keys = [];
        foreach (var (key, times) in below.OrderByDescending(k => k.Value.Count).Take(Crossing))
            for (var missing = threshold - times.Count; missing > 0 && keys.Count < Events - ToRaised; missing--)
                keys.Add(key);
        for (var i = 0; i < ToRaised; i++)
            keys.Add(raised[random.Next(raised.Count)]);
        while (keys.Count < Events)
            keys.Add(below[random.Next(below.Count)].Key);
        var span = (int)(to - from).TotalMilliseconds;
        return [.. keys.Select(key => new PanelEvent(key, from.ToUnixTimeMilliseconds() + random.Next(span)))];
    }

    static long Before(DateTimeOffset now, Random random, TimeSpan span) =>
        now.ToUnixTimeMilliseconds() - 15_000 - random.NextInt64((long)span.TotalMilliseconds - 15_000);
}
