using Sigma.Gateway.Logs.Lines;
using Sigma.Gateway.Logs.Splunk;

namespace Sigma.UnitTests.Gateway.Logs;

public sealed class Events_of_Splunk
{
    [Fact]
    public void Reads_events_one_after_another_and_hands_their_metadata_on()
    {
        var lines = Read(Payload.Text("logs/splunk-hec-concatenated.txt")).Lines;
        Assert.Equal(["first", "second", "third", """{"foo":"bar","nested":{"k":1}}"""], lines.Select(line => line.Text));
        Assert.Equal(["source=main", "source=main", "source=secondary", "host=localhost index=main source=datasource sourcetype=txt"],
            lines.Select(Reading.Labels));
        Assert.Equal(new DateTimeOffset(2015, 3, 13, 20, 43, 59, 123, TimeSpan.Zero), lines[3].At);
        Assert.Equal("device=macbook foo=bar nested.k=1", lines[3].Fields());
        Assert.Equal(Reading.Now, lines[0].At);
    }

    [Fact]
    public void Keeps_what_came_before_an_event_that_is_broken_off()
    {
        var (lines, e) = Fail(Payload.Text("logs/splunk-hec-truncated.txt"));
        Assert.Equal("first", Assert.Single(lines.Lines).Text);
        Assert.Equal((6, 1), (e.Fault.Code, e.Number));
    }

    [Theory]
    [InlineData("", 5, 0)]
    [InlineData(" \n", 5, 0)]
    [InlineData("""{"event":"a"}{"host":"h"}""", 12, 1)]
    [InlineData("""{"event":null}""", 12, 0)]
    [InlineData("""{"event":"a"}{"event":"b"}{"event":" "}""", 13, 2)]
    [InlineData("""{"event":"a"} "b" """, 6, 1)]
    [InlineData("""{"time":"soon","event":"a"}""", 6, 0)]
    [InlineData("no JSON", 6, 0)]
    public void Says_which_event_is_wrong(string body, int code, int number)
    {
        var (lines, e) = Fail(body);
        Assert.Equal((code, number), (e.Fault.Code, e.Number));
        Assert.Equal(number, lines.Lines.Count);
    }

    [Theory]
    [InlineData("1426279439.123")]
    [InlineData("\"1426279439.123\"")]
    [InlineData("1.426279439123e9")]
    public void Reads_times_as_numbers_and_as_texts(string time) =>
        Assert.Equal(new DateTimeOffset(2015, 3, 13, 20, 43, 59, 123, TimeSpan.Zero),
            Assert.Single(Read("{\"event\":\"a\",\"time\":" + time + "}").Lines).At, TimeSpan.FromMilliseconds(1));

    [Fact]
    public void Reads_a_list_of_events_too() => Assert.Equal(2, Read("""[{"event":"a"},{"event":"b"}]""").Lines.Count);

    [Fact]
    public void Takes_each_raw_line_for_an_event_with_the_metadata_of_the_request()
    {
        var lines = Reading.Lines();
        var reader = new SplunkReader(lines, Reading.Known());
        reader.Default("host", "h");
        reader.ReadRaw("a\r\n\nb"u8);
        Assert.Equal(["a host=h", "b host=h"], lines.Lines.Select(line => $"{line.Text} {line.Labels()}"));
    }

    static LineCollector Read(string body)
    {
        var lines = Reading.Lines();
        new SplunkReader(lines, Reading.Known()).ReadEvents(Reading.Utf8(body));
        return lines;
    }

    static (LineCollector Lines, SplunkException Fault) Fail(string body)
    {
        var lines = Reading.Lines();
        return (lines, Assert.Throws<SplunkException>(() => new SplunkReader(lines, Reading.Known()).ReadEvents(Reading.Utf8(body))));
    }
}
