using Microsoft.Extensions.Options;

namespace Sigma.Gateway.Metrics;

/// <summary>
/// Series and texts that came lately, by their bytes, so that a sample costs no labels of its own. Each has one place, where what comes later takes
/// the place of what was there: it never grows, and needs no lock.
/// </summary>
internal sealed class SeriesCache
{
    const int Texts = 16_384, LongestText = 200;

    readonly Known?[] _series;
    readonly Text?[] _texts = new Text?[Texts];

    public SeriesCache(IOptions<GatewayOptions> options) : this(options.Value.Metrics.KnownSeries)
    {
    }

    public SeriesCache(int series) => _series = new Known?[series];

    /// <summary>The series of these bytes; builds it when it is not known.</summary>
    public Series Find(ReadOnlySpan<byte> bytes, Func<ReadOnlySpan<byte>, Series> build)
    {
        ref var place = ref _series[Hash(bytes) % (uint)_series.Length];
        var known = Volatile.Read(ref place); // another thread may replace it meanwhile
        if (known is not null && bytes.SequenceEqual(known.Bytes))
            return known.Series;
        var series = build(bytes);
        Volatile.Write(ref place, new Known(bytes.ToArray(), series));
        return series;
    }

    /// <summary>A text that is shared by those who have it.</summary>
    public string Share(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > LongestText)
            return System.Text.Encoding.UTF8.GetString(bytes);
        ref var place = ref _texts[Hash(bytes) % Texts];
        var known = Volatile.Read(ref place);
        if (known is not null && bytes.SequenceEqual(known.Bytes))
            return known.Value;
        var text = System.Text.Encoding.UTF8.GetString(bytes);
        Volatile.Write(ref place, new Text(bytes.ToArray(), text));
        return text;
    }

    static uint Hash(ReadOnlySpan<byte> bytes)
    {
        HashCode hash = default;
        hash.AddBytes(bytes);
        return (uint)hash.ToHashCode();
    }

    sealed record Known(byte[] Bytes, Series Series);

    sealed record Text(byte[] Bytes, string Value);
}
