using System.Text;
using Sigma.Contracts;
using Sigma.Gateway.Logs.Syslog;

namespace Sigma.UnitTests.Gateway.Logs;

public sealed class Syslog_messages
{
    const string Sender = "192.0.2.7";

    [Fact]
    public void Reads_the_five_messages_of_RFC_5424()
    {
        var lines = Reading.Lines();
        var reader = new SyslogReader(lines, TimeZoneInfo.Utc);
        foreach (var message in Payload.Text("logs/syslog-rfc5424.log").Split('\n', StringSplitOptions.RemoveEmptyEntries))
            reader.Read(Reading.Utf8(message), Sender);
        Assert.Equal(
        [
            "'su root' failed for lonvick on /dev/pts/8", "%% It's time to make the do-nuts.", "An application event log entry...", "i am foobar", "",
        ], lines.Lines.Select(line => line.Text));
        Assert.Equal(["critical", "info", "info", "info", "info"], lines.Lines.Select(line => line.Level));
        Assert.Equal(
        [
            "app=su facility=auth host=mymachine.example.com", "app=myproc facility=local4 host=192.0.2.1",
            "app=evntslog facility=local4 host=mymachine.example.com", "app=root facility=user host=74794bfb6795", "facility=user host=192.0.2.7",
        ], lines.Lines.Select(Reading.Labels));
        Assert.Equal(["msgid=ID47", "procid=8710",
            "examplePriority@32473.class=high exampleSDID@32473.eventID=1011 "
                + "exampleSDID@32473.eventSource=Application exampleSDID@32473.iut=3 msgid=ID47",
            "meta.sequenceId=1 procid=8449", ""], lines.Lines.Select(line => line.Fields()));
        Assert.Equal(new DateTimeOffset(2003, 8, 24, 12, 14, 15, 0, TimeSpan.Zero).AddMicroseconds(3), lines.Lines[1].At);
        Assert.Equal(Reading.Now, lines.Lines[4].At);
    }

    [Fact]
    public void Unescapes_structured_data_and_finds_its_end()
    {
        var line = Read("""<13>1 2019-02-13T19:48:34Z h a 1 m [x@1 a="q\"] \\ [b" c=""][y@1] text [not data]""");
        Assert.Equal("text [not data]", line.Text);
        Assert.Equal("""q"] \ [b""", line.Fields!["x@1.a"]);
    }

    [Theory]
    [InlineData("<34>Oct 11 22:14:15 mymachine su: 'su root' failed", "'su root' failed",
        "app=su facility=auth host=mymachine", "2026-10-11T22:14:15")]
    [InlineData("<13>Dec  1 10:00:00 h app[12]: text", "text", "app=app facility=user host=h", "2026-12-01T10:00:00")]
    [InlineData("<13>Dec  2 10:00:00 h app: last year's", "last year's", "app=app facility=user host=h", "2025-12-02T10:00:00")]
    [InlineData("<13>Feb 29 10:00:00 h app: a leap year's", "a leap year's", "app=app facility=user host=h", "2024-02-29T10:00:00")]
    [InlineData("<13>2026-11-30T09:00:00.123456-03:00 h app: text", "text", "app=app facility=user host=h", "2026-11-30T12:00:00")]
    [InlineData("<13>Nov 30 10:00:00 app: no host", "no host", "app=app facility=user host=192.0.2.7", "2026-11-30T10:00:00")]
    [InlineData("<13>Nov 30 10:00:00 fe80::1 app: text", "text", "app=app facility=user host=fe80::1", "2026-11-30T10:00:00")]
    [InlineData("<189>81: *Nov 30: %SYS-5-CONFIG_I: text", "81: *Nov 30: %SYS-5-CONFIG_I: text",
        "facility=local7 host=192.0.2.7", "2026-11-30T12:00:00")]
    [InlineData("no priority at all", "no priority at all", "host=192.0.2.7", "2026-11-30T12:00:00")]
    [InlineData("<999>too high", "<999>too high", "host=192.0.2.7", "2026-11-30T12:00:00")]
    [InlineData("<13", "<13", "host=192.0.2.7", "2026-11-30T12:00:00")]
    [InlineData("<13>1 not a time h a p m - x", "1 not a time h a p m - x", "facility=user host=192.0.2.7", "2026-11-30T12:00:00")]
    [InlineData("<13>1 - h a p m [broken x", "1 - h a p m [broken x", "facility=user host=192.0.2.7", "2026-11-30T12:00:00")]
    public void Drops_no_message_for_its_form(string message, string text, string labels, string at)
    {
        var line = Read(message);
        Assert.Equal((text, labels), (line.Text, line.Labels()));
        Assert.Equal(at, line.At.ToString("yyyy-MM-ddTHH:mm:ss", null));
    }

    [Fact]
    public void Takes_times_without_a_zone_for_those_of_the_setting()
    {
        var lines = Reading.Lines();
        new SyslogReader(lines, TimeZoneInfo.FindSystemTimeZoneById("America/Sao_Paulo")).Read("<13>Nov 30 08:00:00 h a: x"u8, Sender);
        Assert.Equal(new DateTimeOffset(2026, 11, 30, 11, 0, 0, TimeSpan.Zero), Assert.Single(lines.Lines).At);
    }

    [Fact]
    public void Never_fails_whatever_comes()
    {
        var random = new Random(1);
        var alphabet = "<>0123456789[]\"\\=: -\n\0ã1 34Nov 30 10:00:00";
        var lines = Reading.Lines();
        var reader = new SyslogReader(lines, TimeZoneInfo.Utc);
        for (var count = 0; count < 20_000; count++)
            reader.Read(Encoding.UTF8.GetBytes("<13>1 - h a p m ["[..random.Next(17)]
                + new string([.. Enumerable.Range(0, random.Next(60)).Select(_ => alphabet[random.Next(alphabet.Length)])])), Sender);
        Assert.NotEmpty(lines.Lines);
    }

    static LogLine Read(string message)
    {
        var lines = Reading.Lines();
        new SyslogReader(lines, TimeZoneInfo.Utc).Read(Reading.Utf8(message), Sender);
        return Assert.Single(lines.Lines);
    }

}
