using Sigma.Gateway.Protobuf;

namespace Sigma.Gateway.Metrics.PushGateway;

/// <summary>Reads the delimited <c>io.prometheus.client.MetricFamily</c> messages that Prometheus' client for Go pushes.</summary>
internal sealed class MetricFamilyReader(SampleBatch batch, IReadOnlyList<KeyValuePair<string, string>> group)
{
    /// <summary>Reads all families.</summary>
    public void Read(ReadOnlySpan<byte> body)
    {
        ProtobufReader all = new(body);
        while (!all.IsAtEnd)
            Family(all.Delimited());
    }

    void Family(ProtobufReader family)
    {
        var named = family; // the name may stand behind what it names
        var name = "";
        while (named.Next())
            if (named.Field == 1)
                name = named.Text();
            else
                named.Skip();
        while (family.Next())
            if (family.Field == 4)
                Metric(name, family.Message());
            else
                family.Skip();
    }

    void Metric(string name, ProtobufReader metric)
    {
        var labels = batch.Labels.Begin();
        var values = metric;
        while (metric.Next())
            switch (metric.Field)
            {
                case 1: Label(metric.Message()); break;
                case 6: throw metric.Malformed("a time is not allowed in what is pushed");
                default: metric.Skip(); break;
            }
        foreach (var (label, value) in group)
            labels.Add(label, value);
        var mark = labels.Mark();
        while (values.Next())
            switch (values.Field)
            {
                case 2 or 3 or 5: Add(mark, name, Value(values.Message())); break; // a gauge, a counter, or neither
                case 4: Summary(mark, name, values.Message()); break;
                case 7: Histogram(mark, name, values.Message()); break;
                default: values.Skip(); break;
            }
    }

    void Label(ProtobufReader pair)
    {
        string name = "", value = "";
        while (pair.Next())
            switch (pair.Field)
            {
                case 1: name = pair.Text(); break;
                case 2: value = pair.Text(); break;
                default: pair.Skip(); break;
            }
        foreach (var (label, _) in group)
            if (label == name)
                return; // the path's win over the body's
        batch.Labels.Add(name, value);
    }

    void Summary(int mark, string name, ProtobufReader summary)
    {
        while (summary.Next())
            switch (summary.Field)
            {
                case 1: Add(mark, $"{name}_count", summary.UInt64()); break;
                case 2: Add(mark, $"{name}_sum", summary.Double()); break;
                case 3:
                    var (quantile, value) = Pair(summary.Message());
                    Add(mark, name, value, "quantile", quantile);
                    break;
                default: summary.Skip(); break;
            }
    }

    void Histogram(int mark, string name, ProtobufReader histogram)
    {
        var (count, infinite) = (0d, false);
        while (histogram.Next())
            switch (histogram.Field)
            {
                case 1: count = histogram.UInt64(); break;
                case 2: Add(mark, $"{name}_sum", histogram.Double()); break;
                case 3:
                    var (cumulative, bound) = Bucket(histogram.Message());
                    infinite |= double.IsPositiveInfinity(bound);
                    Add(mark, $"{name}_bucket", cumulative, "le", bound);
                    break;
                default: histogram.Skip(); break;
            }
        if (!infinite)
            Add(mark, $"{name}_bucket", count, "le", double.PositiveInfinity);
        Add(mark, $"{name}_count", count);
    }

    static (double Count, double Bound) Bucket(ProtobufReader bucket)
    {
        var (count, bound) = (0d, 0d);
        while (bucket.Next())
            switch (bucket.Field)
            {
                case 1: count = bucket.UInt64(); break;
                case 2: bound = bucket.Double(); break;
                default: bucket.Skip(); break;
            }
        return (count, bound);
    }

    static (double Quantile, double Value) Pair(ProtobufReader pair)
    {
        var (quantile, value) = (0d, 0d);
        while (pair.Next())
            switch (pair.Field)
            {
                case 1: quantile = pair.Double(); break;
                case 2: value = pair.Double(); break;
                default: pair.Skip(); break;
            }
        return (quantile, value);
    }

    static double Value(ProtobufReader number)
    {
        var value = 0d;
        while (number.Next())
            if (number.Field == 1)
                value = number.Double();
            else
                number.Skip();
        return value;
    }

    void Add(int mark, string name, double value) =>
        batch.Add(batch.Labels.Return(mark).Add("__name__", name).End(), value, batch.ReceivedAt);

    void Add(int mark, string name, double value, string label, double number) => batch.Add(
        batch.Labels.Return(mark).Add("__name__", name).Add(label, SeriesNumber.Text(number)).End(), value, batch.ReceivedAt);
}
