namespace Sigma.Hosting.Telemetry.Scraping;

/// <summary>One number of a metric, or one distribution. Written by any thread, without a lock.</summary>
internal abstract class Series
{
    public abstract void Record(double value);

    /// <summary>Appends the lines of this series.</summary>
    public abstract void Write(string name, string labels, PageWriter page);

    protected static void Add(ref double sum, double value)
    {
        for (var seen = Volatile.Read(ref sum); ;)
        {
            var before = Interlocked.CompareExchange(ref sum, seen + value, seen);
            if (before.Equals(seen))
                return;
            seen = before;
        }
    }
}

/// <summary>Adds up.</summary>
internal sealed class Sum : Series
{
    double _sum;

    public override void Record(double value) => Add(ref _sum, value);

    public override void Write(string name, string labels, PageWriter page) => page.Line(name, labels, Volatile.Read(ref _sum));
}

/// <summary>Keeps the last.</summary>
internal sealed class Latest : Series
{
    double _value;

    public override void Record(double value) => Volatile.Write(ref _value, value);

    public override void Write(string name, string labels, PageWriter page) => page.Line(name, labels, Volatile.Read(ref _value));
}

/// <summary>Counts how many were at most as large as each bound.</summary>
internal sealed class Distribution(double[] bounds) : Series
{
    /// <summary>OpenTelemetry's, for an instrument that advises none.</summary>
    public static readonly double[] UsualBounds = [0, 5, 10, 25, 50, 75, 100, 250, 500, 750, 1000, 2500, 5000, 7500, 10000];

    readonly long[] _counts = new long[bounds.Length + 1];
    double _sum;

    public override void Record(double value)
    {
        var at = Array.BinarySearch(bounds, value);
        Add(ref _sum, value);
        Interlocked.Increment(ref _counts[at < 0 ? ~at : at]);
    }

    public override void Write(string name, string labels, PageWriter page)
    {
        var separator = labels.Length > 0 ? "," : "";
        var count = 0L;
        for (var i = 0; i <= bounds.Length; i++)
        {
            count += Interlocked.Read(ref _counts[i]);
            page.Line($"{name}_bucket", $"{labels}{separator}le=\"{(i < bounds.Length ? PageWriter.Text(bounds[i]) : "+Inf")}\"", count);
        }
        page.Line($"{name}_sum", labels, Volatile.Read(ref _sum));
        page.Line($"{name}_count", labels, count);
    }
}
