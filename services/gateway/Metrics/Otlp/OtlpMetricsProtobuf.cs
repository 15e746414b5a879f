using Sigma.Gateway.Protobuf;

namespace Sigma.Gateway.Metrics.Otlp;

/// <summary>Reads it from protocol buffers.</summary>
internal static class OtlpMetricsProtobuf
{
    const int MostBuckets = 10_000;

    public static OtlpRequest Read(ReadOnlySpan<byte> body)
    {
        OtlpRequest request = new();
        ProtobufReader reader = new(body);
        while (reader.Next())
            if (reader.Field == 1)
                request.ResourceMetrics.Add(ResourceMetrics(reader.Message()));
            else
                reader.Skip();
        return request;
    }

    static OtlpResourceMetrics ResourceMetrics(ProtobufReader reader)
    {
        OtlpResource resource = new();
        OtlpResourceMetrics found = new() { Resource = resource };
        while (reader.Next())
            switch (reader.Field)
            {
                case 1: Resource(reader.Message(), resource); break;
                case 2: found.ScopeMetrics.Add(Scope(reader.Message())); break;
                default: reader.Skip(); break;
            }
        return found;
    }

    static void Resource(ProtobufReader reader, OtlpResource to)
    {
        while (reader.Next())
            if (reader.Field == 1)
                to.Attributes.Add(Attribute(reader.Message()));
            else
                reader.Skip();
    }

    static OtlpScopeMetrics Scope(ProtobufReader reader)
    {
        OtlpScopeMetrics found = new();
        while (reader.Next())
            if (reader.Field == 2)
                found.Metrics.Add(Metric(reader.Message()));
            else
                reader.Skip();
        return found;
    }

    static OtlpMetric Metric(ProtobufReader reader)
    {
        OtlpMetric metric = new();
        while (reader.Next())
            switch (reader.Field)
            {
                case 1: metric.Name = reader.Text(); break;
                case 3: metric.Unit = reader.Text(); break;
                case 5: metric.Gauge = Numbers(reader.Message()); break;
                case 7: metric.Sum = Numbers(reader.Message()); break;
                case 9: metric.Histogram = Histograms(reader.Message()); break;
                case 10: metric.ExponentialHistogram = ExponentialHistograms(reader.Message()); break;
                case 11: metric.Summary = Summaries(reader.Message()); break;
                default: reader.Skip(); break;
            }
        return metric;
    }

    static OtlpNumbers Numbers(ProtobufReader reader)
    {
        OtlpNumbers found = new();
        while (reader.Next())
            switch (reader.Field)
            {
                case 1: found.DataPoints.Add(Number(reader.Message())); break;
                case 2: found.AggregationTemporality = reader.Int32(); break;
                case 3: found.IsMonotonic = reader.Boolean(); break;
                default: reader.Skip(); break;
            }
        return found;
    }

    static OtlpNumberPoint Number(ProtobufReader reader)
    {
        OtlpNumberPoint point = new();
        while (reader.Next())
            switch (reader.Field)
            {
                case 3: point.TimeUnixNano = reader.Fixed64(); break;
                case 4: point.AsDouble = reader.Double(); break;
                case 6: point.AsInt = (long)reader.Fixed64(); break;
                case 7: point.Attributes.Add(Attribute(reader.Message())); break;
                case 8: point.Flags = reader.UInt32(); break;
                default: reader.Skip(); break;
            }
        return point;
    }

    static OtlpHistograms Histograms(ProtobufReader reader)
    {
        OtlpHistograms found = new();
        while (reader.Next())
            if (reader.Field == 1)
                found.DataPoints.Add(Histogram(reader.Message()));
            else
                reader.Skip();
        return found;
    }

    static OtlpHistogramPoint Histogram(ProtobufReader reader)
    {
        OtlpHistogramPoint point = new();
        while (reader.Next())
            switch (reader.Field)
            {
                case 3: point.TimeUnixNano = reader.Fixed64(); break;
                case 4: point.Count = reader.Fixed64(); break;
                case 5: point.Sum = reader.Double(); break;
                case 6: reader.AddFixed64s(point.BucketCounts, MostBuckets); break;
                case 7: reader.AddDoubles(point.ExplicitBounds, MostBuckets); break;
                case 9: point.Attributes.Add(Attribute(reader.Message())); break;
                case 10: point.Flags = reader.UInt32(); break;
                default: reader.Skip(); break;
            }
        return point;
    }

    static OtlpExponentialHistograms ExponentialHistograms(ProtobufReader reader)
    {
        OtlpExponentialHistograms found = new();
        while (reader.Next())
            if (reader.Field == 1)
                found.DataPoints.Add(ExponentialHistogram(reader.Message()));
            else
                reader.Skip();
        return found;
    }

    static OtlpExponentialHistogramPoint ExponentialHistogram(ProtobufReader reader)
    {
        OtlpExponentialHistogramPoint point = new();
        while (reader.Next())
            switch (reader.Field)
            {
                case 1: point.Attributes.Add(Attribute(reader.Message())); break;
                case 3: point.TimeUnixNano = reader.Fixed64(); break;
                case 4: point.Count = reader.Fixed64(); break;
                case 5: point.Sum = reader.Double(); break;
                case 6: point.Scale = reader.SInt32(); break;
                case 7: point.ZeroCount = reader.Fixed64(); break;
                case 8: point.Positive = Buckets(reader.Message()); break;
                case 9: point.Negative = Buckets(reader.Message()); break;
                case 10: point.Flags = reader.UInt32(); break;
                case 14: point.ZeroThreshold = reader.Double(); break;
                default: reader.Skip(); break;
            }
        return point;
    }

    static OtlpBuckets Buckets(ProtobufReader reader)
    {
        OtlpBuckets buckets = new();
        while (reader.Next())
            switch (reader.Field)
            {
                case 1: buckets.Offset = reader.SInt32(); break;
                case 2: reader.AddUInt64s(buckets.BucketCounts, MostBuckets); break;
                default: reader.Skip(); break;
            }
        return buckets;
    }

    static OtlpSummaries Summaries(ProtobufReader reader)
    {
        OtlpSummaries found = new();
        while (reader.Next())
            if (reader.Field == 1)
                found.DataPoints.Add(Summary(reader.Message()));
            else
                reader.Skip();
        return found;
    }

    static OtlpSummaryPoint Summary(ProtobufReader reader)
    {
        OtlpSummaryPoint point = new();
        while (reader.Next())
            switch (reader.Field)
            {
                case 3: point.TimeUnixNano = reader.Fixed64(); break;
                case 4: point.Count = reader.Fixed64(); break;
                case 5: point.Sum = reader.Double(); break;
                case 6: point.QuantileValues.Add(Quantile(reader.Message())); break;
                case 7: point.Attributes.Add(Attribute(reader.Message())); break;
                case 8: point.Flags = reader.UInt32(); break;
                default: reader.Skip(); break;
            }
        return point;
    }

    static OtlpQuantile Quantile(ProtobufReader reader)
    {
        OtlpQuantile found = new();
        while (reader.Next())
            switch (reader.Field)
            {
                case 1: found.Quantile = reader.Double(); break;
                case 2: found.Value = reader.Double(); break;
                default: reader.Skip(); break;
            }
        return found;
    }

    static OtlpAttribute Attribute(ProtobufReader reader)
    {
        OtlpAttribute attribute = new();
        while (reader.Next())
            switch (reader.Field)
            {
                case 1: attribute.Key = reader.Text(); break;
                case 2: attribute.Value = Value(reader.Message()); break;
                default: reader.Skip(); break;
            }
        return attribute;
    }

    static OtlpValue Value(ProtobufReader reader)
    {
        OtlpValue value = new();
        while (reader.Next())
            switch (reader.Field)
            {
                case 1: value.StringValue = reader.Text(); break;
                case 2: value.BoolValue = reader.Boolean(); break;
                case 3: value.IntValue = reader.Int64(); break;
                case 4: value.DoubleValue = reader.Double(); break;
                default: reader.Skip(); break;
            }
        return value;
    }
}
