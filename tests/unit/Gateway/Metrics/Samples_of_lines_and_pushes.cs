using System.Text;
using Sigma.Gateway.Metrics.LineProtocol;
using Sigma.Gateway.Metrics.PushGateway;
using Sigma.Gateway.Protobuf;
using Sigma.Gateway.Webhooks;
using static Sigma.UnitTests.Gateway.Metrics.ReadSamples;

namespace Sigma.UnitTests.Gateway.Metrics;

public sealed class Samples_of_lines_and_pushes
{
    static readonly KeyValuePair<string, string>[] Group = [new("job", "some_job"), new("instance", "some_instance")];

    [Fact]
    public void Reads_the_numbers_of_line_protocol()
    {
        var batch = Batch();
        new LineProtocolReader(batch, 1).Read(Payload.Bytes("metrics/influx-line-protocol.txt"));
        Assert.Equal([
            "cpu_usage_system{host=A,region=west} 64 1590488773254", "cpu_usage_user{host=A,region=west} 10 1590488773254",
            "weather_temperature{location=us midwest} 82 1465839830100", "mem_free{} 12345",
        ], batch.Words());
        Assert.Equal(0, batch.Refused);
    }

    [Theory]
    [InlineData("cpu v=1i 1590488773", 1_000_000_000, "cpu_v{} 1 1590488773000")]
    [InlineData("my\\ cpu,a\\,b=c\\=d v\\ 1=-1.5e3 1590488773254", 1_000_000, "my cpu_v 1{a,b=c=d} -1500 1590488773254")]
    [InlineData("cpu note=\"line\nfeed, 1\",v=2", 1, "cpu_v{} 2")]
    [InlineData("cpu v=1\r\n\r\n", 1, "cpu_v{} 1")]
    public void Reads_escapes_and_precision(string line, long unit, string expected)
    {
        var batch = Batch();
        new LineProtocolReader(batch, unit).Read(Encoding.UTF8.GetBytes(line));
        Assert.Equal((expected, 0), (Assert.Single(batch.Words()), batch.Refused));
    }

    [Theory]
    [InlineData("cpu", "line 2, byte 3: there is no field")]
    [InlineData("cpu,host v=1", "line 2, byte 8: a tag has no name or no value")]
    [InlineData("cpu v=abc", "line 2, byte 6: abc is no value")]
    [InlineData("cpu v=1.5i", "line 2, byte 6: 1.5i is no whole number")]
    [InlineData("cpu v=1 soon", "line 2, byte 8: soon is no time")]
    [InlineData("cpu v=\"never ends", "line 2, byte 6: a text has no end")]
    public void Refuses_a_wrong_line_and_takes_the_others(string line, string expected)
    {
        var batch = Batch();
        new LineProtocolReader(batch, 1).Read(Encoding.UTF8.GetBytes($"a v=1\n{line}\nb v=2\n"));
        Assert.Equal(["a_v{} 1", "b_v{} 2"], batch.Words());
        Assert.Equal((1, expected), (batch.Refused, batch.Fault));
    }

    [Fact]
    public void Reads_what_is_pushed_under_the_labels_of_its_path()
    {
        var batch = Batch();
        new ExpositionReader(batch, Group).Read(Payload.Bytes("metrics/pushgateway.txt"));
        Assert.Equal(["some_metric{instance=some_instance,job=some_job,label=val1} 42",
            "another_metric{instance=some_instance,job=some_job} 2398.283"], batch.Words());
    }

    [Fact]
    public void Has_the_labels_of_the_path_win_and_passes_over_what_is_no_number()
    {
        var batch = Batch();
        new ExpositionReader(batch, Group).Read(Encoding.UTF8.GetBytes("m { job = \"other\" , a=\"x\\\"\\\\\\n\", } 1\nn NaN\no +Inf\n"));
        Assert.Equal(["m{a=x\"\\\n,instance=some_instance,job=some_job} 1"], batch.Words());
        Assert.Equal(3, batch.Understood);
    }

    [Theory]
    [InlineData("m 1", "line 1: the body ends without a line feed: something may be missing")]
    [InlineData("m 1 1590488773254\n", "line 1, character 3: a time is not allowed in what is pushed")]
    [InlineData("m{a=1} 1\n", "line 1, character 5: a label's value is not quoted")]
    [InlineData("m{a=\"1\" 1\n", "line 1, character 9: labels have no end")]
    [InlineData("ok 1\nm one\n", "line 2, character 3: one is no value")]
    [InlineData("{} 1\n", "line 1, character 1: there is no name")]
    public void Says_where_what_is_pushed_is_wrong(string body, string expected) => Assert.Equal(expected,
        Assert.Throws<MalformedBodyException>(() => new ExpositionReader(Batch(), []).Read(Encoding.UTF8.GetBytes(body))).Message);

    [Fact]
    public void Reads_what_the_client_for_Go_pushes()
    {
        var family = new ProtobufWriter().Text(1, "took").Number(3, 4)
            .Message(4, new ProtobufWriter().Message(1, new ProtobufWriter().Text(1, "a").Text(2, "b")).Message(7, new ProtobufWriter()
                .Number(1, 3).Double(2, 2.5).Message(3, new ProtobufWriter().Number(1, 1).Double(2, 0.1))));
        var gauge = new ProtobufWriter().Text(1, "done").Number(3, 1).Message(4, new ProtobufWriter().Message(2, new ProtobufWriter().Double(1, 9)));
        byte[] body = [(byte)family.Written.Length, .. family.Written.Span, (byte)gauge.Written.Length, .. gauge.Written.Span];
        var batch = Batch();
        new MetricFamilyReader(batch, [new("job", "j")]).Read(body);
        Assert.Equal(["took_sum{a=b,job=j} 2.5", "took_bucket{a=b,job=j,le=0.1} 1", "took_bucket{a=b,job=j,le=+Inf} 3", "took_count{a=b,job=j} 3",
            "done{job=j} 9"], batch.Words());
    }

    [Theory]
    [InlineData("job/some_job/instance/a", "job=some_job,instance=a")]
    [InlineData("job@base64/c29tZS9qb2I/path@base64/L3Zhcg", "job=some/job,path=/var")]
    [InlineData("job/a/empty@base64/=", "job=a,empty=")]
    public void Reads_the_labels_of_a_path(string path, string expected) =>
        Assert.Equal(expected, string.Join(',', GroupingKey.Parse(path).Select(label => $"{label.Key}={label.Value}")));

    [Theory]
    [InlineData("job")]
    [InlineData("instance/a")]
    [InlineData("job/a/job/b")]
    [InlineData("job/a/__x/b")]
    [InlineData("job@base64/%")]
    [InlineData("job/")]
    public void Refuses_a_path_that_is_none(string path) => Assert.Throws<FormatException>(() => GroupingKey.Parse(path));
}
