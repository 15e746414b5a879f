using System.Text.Json.Serialization;

namespace Sigma.Gateway.Metrics.Otlp;

/// <summary>What an OpenTelemetry exporter of metrics sends, as far as it is kept: <c>ExportMetricsServiceRequest</c>.</summary>
internal sealed record OtlpRequest
{
    public List<OtlpResourceMetrics> ResourceMetrics { get; init => field = OtlpList.Of(value); } = [];
}

internal sealed record OtlpResourceMetrics
{
    public OtlpResource? Resource { get; init; }

    public List<OtlpScopeMetrics> ScopeMetrics { get; init => field = OtlpList.Of(value); } = [];
}

internal sealed record OtlpResource
{
    public List<OtlpAttribute> Attributes { get; init => field = OtlpList.Of(value); } = [];
}

internal sealed record OtlpScopeMetrics
{
    public List<OtlpMetric> Metrics { get; init => field = OtlpList.Of(value); } = [];
}

internal sealed record OtlpMetric
{
    public string Name { get; set => field = value ?? ""; } = "";

    public string Unit { get; set => field = value ?? ""; } = "";

    public OtlpNumbers? Gauge { get; set; }

    public OtlpNumbers? Sum { get; set; }

    public OtlpHistograms? Histogram { get; set; }

    public OtlpExponentialHistograms? ExponentialHistogram { get; set; }

    public OtlpSummaries? Summary { get; set; }
}

internal sealed record OtlpNumbers
{
    /// <summary>What a sum is of: since its start, not since the point before.</summary>
    public const int Cumulative = 2;

    public List<OtlpNumberPoint> DataPoints { get; init => field = OtlpList.Of(value); } = [];

    public int AggregationTemporality { get; set; }

    public bool IsMonotonic { get; set; }
}

internal sealed record OtlpHistograms
{
    public List<OtlpHistogramPoint> DataPoints { get; init => field = OtlpList.Of(value); } = [];
}

internal sealed record OtlpExponentialHistograms
{
    public List<OtlpExponentialHistogramPoint> DataPoints { get; init => field = OtlpList.Of(value); } = [];
}

internal sealed record OtlpSummaries
{
    public List<OtlpSummaryPoint> DataPoints { get; init => field = OtlpList.Of(value); } = [];
}

internal abstract record OtlpPoint
{
    const uint NoValue = 1;

    public List<OtlpAttribute> Attributes { get; init => field = OtlpList.Of(value); } = [];

    public ulong TimeUnixNano { get; set; }

    public uint Flags { get; set; }

    /// <summary>Whether it says only that there is no value any more.</summary>
    [JsonIgnore]
    public bool IsEndOfSeries => (Flags & NoValue) != 0;
}

internal sealed record OtlpNumberPoint : OtlpPoint
{
    public double? AsDouble { get; set; }

    public long? AsInt { get; set; }
}

internal sealed record OtlpHistogramPoint : OtlpPoint
{
    public ulong Count { get; set; }

    public double? Sum { get; set; }

    public List<ulong> BucketCounts { get; init => field = value ?? []; } = [];

    public List<double> ExplicitBounds { get; init => field = value ?? []; } = [];
}

internal sealed record OtlpExponentialHistogramPoint : OtlpPoint
{
    public ulong Count { get; set; }

    public double? Sum { get; set; }

    public int Scale { get; set; }

    public ulong ZeroCount { get; set; }

    public double ZeroThreshold { get; set; }

    public OtlpBuckets? Positive { get; set; }

    public OtlpBuckets? Negative { get; set; }
}

internal sealed record OtlpBuckets
{
    public int Offset { get; set; }

    public List<ulong> BucketCounts { get; init => field = value ?? []; } = [];
}

internal sealed record OtlpSummaryPoint : OtlpPoint
{
    public ulong Count { get; set; }

    public double Sum { get; set; }

    public List<OtlpQuantile> QuantileValues { get; init => field = OtlpList.Of(value); } = [];
}

internal sealed record OtlpQuantile
{
    public double Quantile { get; set; }

    public double Value { get; set; }
}

internal sealed record OtlpAttribute
{
    public string Key { get; set => field = value ?? ""; } = "";

    public OtlpValue? Value { get; set; }
}

/// <summary>A value of an attribute; of lists and maps nothing is kept, for a label is a word.</summary>
internal sealed record OtlpValue
{
    public string? StringValue { get; set; }

    public bool? BoolValue { get; set; }

    public long? IntValue { get; set; }

    public double? DoubleValue { get; set; }

    /// <summary>As a label has it; null when it is none.</summary>
    [JsonIgnore]
    public string? Text => StringValue ?? (BoolValue is { } yes ? yes ? "true" : "false"
        : IntValue is { } whole ? whole.ToString(System.Globalization.CultureInfo.InvariantCulture)
        : DoubleValue is { } number ? SeriesNumber.Text(number) : null);
}

/// <summary>A list of JSON may be null, or hold nulls.</summary>
internal static class OtlpList
{
    public static List<T> Of<T>(List<T>? list) where T : class
    {
        list?.RemoveAll(item => item is null);
        return list ?? [];
    }
}
