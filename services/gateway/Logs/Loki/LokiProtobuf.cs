using System.Text;
using Sigma.Gateway.Logs.Lines;
using Sigma.Gateway.Protobuf;
using Sigma.Gateway.Webhooks;

namespace Sigma.Gateway.Logs.Loki;

/// <summary>Reads pushes in protobuf: the message <c>PushRequest</c>, unpacked.</summary>
internal sealed class LokiProtobuf(LineCollector lines, string? tenant)
{
    readonly LokiStream _stream = new(lines, tenant);

    /// <exception cref="MalformedBodyException">It cannot be understood; with the place.</exception>
    public void Read(ReadOnlySpan<byte> body)
    {
        var request = new ProtobufReader(body);
        for (var index = 0; request.Next();)
            if (request.Field == 1)
                ReadStream(request.Message(), $"streams[{index++}]");
            else
                request.Skip();
    }

    // In another order than its writers have the labels might come last: they are looked for first.
    void ReadStream(ProtobufReader stream, string place)
    {
        _stream.Begin();
        for (var labels = stream; labels.Next();)
            if (labels.Field == 1)
                LokiLabels.Read(labels.Text(), $"{place}.labels", _stream.Label);
            else
                labels.Skip();
        _stream.EndLabels();
        while (stream.Next())
            if (stream.Field == 2)
                ReadEntry(stream.Message());
            else
                stream.Skip();
    }

    void ReadEntry(ProtobufReader entry)
    {
        DateTimeOffset? at = null;
        var text = "";
        while (entry.Next())
            switch (entry.Field)
            {
                case 1: at = Time(entry.Message()); break;
                case 2: text = Encoding.UTF8.GetString(entry.Bytes()); break;
                case 3: ReadMetadata(entry.Message()); break;
                default: entry.Skip(); break;
            }
        _stream.Line(at, text);
    }

    void ReadMetadata(ProtobufReader pair)
    {
        string name = "", value = "";
        while (pair.Next())
            switch (pair.Field)
            {
                case 1: name = pair.Text(); break;
                case 2: value = Encoding.UTF8.GetString(pair.Bytes()); break;
                default: pair.Skip(); break;
            }
        _stream.Metadata(name, value);
    }

    static DateTimeOffset? Time(ProtobufReader timestamp)
    {
        long seconds = 0, nanoseconds = 0;
        while (timestamp.Next())
            switch (timestamp.Field)
            {
                case 1: seconds = timestamp.Int64(); break;
                case 2: nanoseconds = timestamp.Int64(); break;
                default: timestamp.Skip(); break;
            }
        return nanoseconds is < 0 or > 999_999_999 ? null : LogTimes.FromSeconds(seconds + nanoseconds / 1_000_000_000m);
    }
}
