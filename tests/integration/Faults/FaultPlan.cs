using System.Collections.Concurrent;
using System.Globalization;
using Sigma.Storage;

namespace Sigma.IntegrationTests.Faults;

/// <summary>The faults of one station, drawn from the run's seed and the test's name.</summary>
internal sealed class FaultPlan(int seed, string test)
{
    /// <summary>Switches injection on: any whole number.</summary>
    public const string Variable = "SIGMA_FAULTS_SEED";

    /// <summary>A file to which each station adds a line, so that whoever runs the suite sees that it was disturbed.</summary>
    const string Report = "SIGMA_FAULTS_REPORT";

    static readonly Lock Reporting = new();

    readonly ConcurrentDictionary<(FaultLayer Layer, FaultKind Kind), int> _injected = new();
    readonly ConcurrentDictionary<FaultLayer, FaultDice> _dice = new();

    /// <summary>The run's seed; null when nothing is injected.</summary>
    public static int? Seed { get; } =
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } text
            ? int.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) : null;

    public static FaultPlan? Of(string test) => Seed is { } seed ? new(seed, test) : null;

    /// <summary>One of each layer, whatever the number of services: their order of asking is the sequence.</summary>
    public FaultDice On(FaultLayer layer) => _dice.GetOrAdd(layer, key => new FaultDice(
        BitConverter.ToInt32(Ids.From(seed.ToString(CultureInfo.InvariantCulture), test, key.ToString()).ToByteArray()), Every(key),
        kind => _injected.AddOrUpdate((key, kind), 1, (_, count) => count + 1)));

    public int Injected(FaultLayer layer) => _injected.Where(i => i.Key.Layer == layer).Sum(i => i.Value);

    public override string ToString()
    {
        var layers = _injected.GroupBy(i => i.Key.Layer).OrderBy(layer => layer.Key)
            .Select(layer => $"{layer.Key} {string.Join(", ", layer.OrderBy(i => i.Key.Kind).Select(i => $"{i.Value} {i.Key.Kind}"))}");
        return $"Faults injected with seed {seed}: {(_injected.IsEmpty ? "none" : string.Join("; ", layers))}";
    }

    public void Tell(ITestOutputHelper output)
    {
        output.WriteLine(ToString());
        if (Environment.GetEnvironmentVariable(Report) is { Length: > 0 } file)
            lock (Reporting)
                File.AppendAllText(file, $"{_injected.Values.Sum()} {test}: {ToString()}\n");
    }

    // On average one in so many: a transaction is about six statements.
    static int Every(FaultLayer layer) => layer switch
    {
        FaultLayer.Storage => 40,
        FaultLayer.Bus => 25,
        _ => 12,
    };
}
