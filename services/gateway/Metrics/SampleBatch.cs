using Sigma.Contracts;
using Sigma.Gateway.Intake;
using Sigma.Gateway.Integrations;

namespace Sigma.Gateway.Metrics;

/// <summary>The samples of one request: what is taken of it, and what is wrong with the rest.</summary>
internal sealed class SampleBatch
{
    const string TooEarly = "has a time before 2000", TooLate = "has a time too far ahead of our clock";

    // As the evaluator and the archive take them.
    static readonly DateTimeOffset Earliest = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    // What a sender says of a series that ends: a number that is none, with these very bits.
    const long StaleMarker = 0x7ff0000000000002;

    readonly int _most;
    readonly DateTimeOffset _latest;

    /// <param name="cache">Where known series are.</param>
    /// <param name="integration">Who sends.</param>
    /// <param name="options">Limits.</param>
    /// <param name="receivedAt">When it came.</param>
    public SampleBatch(SeriesCache cache, Integration integration, MetricsOptions options, DateTimeOffset receivedAt)
    {
        Labels = new SeriesLabels(cache, integration.Labels);
        ReceivedAt = receivedAt;
        _most = options.MostSamples;
        _latest = receivedAt + options.AheadAtMost;
    }

    /// <summary>Gathers the labels of series.</summary>
    public SeriesLabels Labels { get; }

    public DateTimeOffset ReceivedAt { get; }

    /// <summary>What is taken.</summary>
    public List<Sample> Samples { get; } = [];

    /// <summary>Samples that were understood: those taken, and those that are no values, such as the end of a series.</summary>
    public int Understood { get; private set; }

    /// <summary>Samples that are refused.</summary>
    public int Refused { get; private set; }

    /// <summary>Why the first of them is refused; null when none is.</summary>
    public string? Fault { get; private set; }

    /// <summary>Adds a sample whose time is in milliseconds since 1970.</summary>
    public void Add(Series series, double value, long milliseconds)
    {
        if (milliseconds < Earliest.ToUnixTimeMilliseconds())
            Refuse(series.Name, TooEarly);
        else if (milliseconds > _latest.ToUnixTimeMilliseconds())
            Refuse(series.Name, TooLate);
        else
            Add(series, value, DateTimeOffset.FromUnixTimeMilliseconds(milliseconds));
    }

    /// <summary>Adds a sample; of one that is no finite number it is only counted that it came.</summary>
    /// <exception cref="RefusedException">There are too many.</exception>
    public void Add(Series series, double value, DateTimeOffset at)
    {
        if (series.Fault is { } fault)
            Refuse(series.Name, fault);
        else if (at < Earliest)
            Refuse(series.Name, TooEarly);
        else if (at > _latest)
            Refuse(series.Name, TooLate);
        else if (BitConverter.DoubleToInt64Bits(value) == StaleMarker || !double.IsFinite(value))
            Count();
        else
        {
            Count();
            Samples.Add(new Sample { Series = series.Name, Labels = series.Labels, Value = value, At = at });
        }
    }

    /// <summary>Refuses a sample, or what should have been one.</summary>
    public void Refuse(string what, string why)
    {
        Refused++;
        Fault ??= $"{(what.Length == 0 ? "a series" : what.Length > SeriesLabels.LongestName ? what[..SeriesLabels.LongestName] : what)} {why}";
    }

    void Count()
    {
        if (++Understood > _most)
            throw new RefusedException(Refusal.TooLarge, $"There are more than {_most} samples in one request.");
    }
}
