namespace Sigma.Simulator.Scenarios;

internal static class NamedScenarios
{
    public const string None = "none";

    private static readonly TimeSpan Past = TimeSpan.FromHours(-2);

    private static readonly Dictionary<string, Func<SimulatorOptions, EventStream[]>> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        [None] = _ => [],
        ["steady"] = o => [Steady(o, 60, 300)],
        ["burst"] = o => [Background(o), Burst(o, keys: 1, startsAfter: 10)],
        ["storm"] = o => [Background(o), Burst(o, keys: o.Keys ?? 500, startsAfter: 10)],
        ["excused"] = o => [Background(o), ExcusedEarly(o), ExcusedLate(o)],
        ["late"] = o => [Steady(o, 60, 300) with { LateShare = 0.2 }, Burst(o, keys: 1, startsAfter: 10) with { LateShare = 0.5 }],
        ["demo"] = o =>
        [
            Background(o),
            Background(o) with { Cuc = "TST", Code = "E602" },
            Burst(o, keys: 1, startsAfter: 60) with { Cuc = "ALR", Code = "E130" },
            Burst(o, keys: 2, startsAfter: 30) with { EventsPerKey = 12, OccurrenceShare = 1, EventsPerOccurrence = 12, ExcusedShare = 1 },
        ],
    };

    public static string Names => string.Join(", ", Known.Keys);

    public static Scenario? Find(SimulatorOptions options) =>
        Known.TryGetValue(options.Scenario, out var streams)
            ? new Scenario { Name = options.Scenario.ToLowerInvariant(), Streams = streams(options) }
            : null;

    // Few enough a key that it never looks like an excess by itself.
    private static EventStream Background(SimulatorOptions o) => Steady(o, 6, 300) with { Keys = Math.Max(300, o.Keys ?? 0) };

    private static EventStream Steady(SimulatorOptions o, double perMinute, int keys) => new()
    {
        PerMinute = o.Rate ?? perMinute, Keys = o.Keys ?? keys, StartsAfter = Past, OccurrenceShare = 0.3, ExcusedShare = 0.1,
    };

    private static EventStream Burst(SimulatorOptions o, int keys, int startsAfter) => new()
    {
        EventsPerKey = o.BurstSize ?? 25, Keys = keys, StartsAfter = TimeSpan.FromSeconds(startsAfter), Lasts = TimeSpan.FromMinutes(3),
    };

    private static EventStream ExcusedEarly(SimulatorOptions o) => Burst(o, keys: o.Keys ?? 1, startsAfter: 10) with
    {
        OccurrenceShare = 1, ExcusedShare = 1, EventsPerOccurrence = int.MaxValue, ClosedAfter = TimeSpan.FromSeconds(30),
    };

    private static EventStream ExcusedLate(SimulatorOptions o) => ExcusedEarly(o) with { ClosedAfter = TimeSpan.FromMinutes(10) };
}
