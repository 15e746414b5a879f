using System.Text;
using Sigma.Gateway.Logs.Syslog;

namespace Sigma.UnitTests.Gateway.Logs;

public sealed class Syslog_framing
{
    [Fact]
    public void Finds_messages_that_their_length_stands_before()
    {
        var messages = Split(Payload.Bytes("logs/syslog-octet-counted.bin"), 65_536, 1 << 20);
        Assert.Equal(2, messages.Count);
        Assert.EndsWith("An application event log entry...", messages[0]);
        Assert.EndsWith("i am foobar", messages[1]);
    }

    [Theory]
    [InlineData("<1>a\n<2>b\r\n\n<3>c", "<1>a|<2>b\r|<3>c")]
    [InlineData("4 <1>a5 <2>bb", "<1>a|<2>bb")]
    [InlineData("6 <1>a\nb<2>c\n", "<1>a\nb|<2>c")]
    [InlineData("4 <1>a\n4 <2>b\n", "<1>a|<2>b")]
    [InlineData("12 monkeys\n2026-11-30 x\n", "12 monkeys|2026-11-30 x")]
    [InlineData("5 <1>ãx", "<1>ã")]
    [InlineData("99 <1>shorter than it says", "<1>shorter than it says")]
    [InlineData("99999999999999 <1>a\n", "99999999999999 <1>a")]
    [InlineData("0 <1>a\n", "0 <1>a")]
    [InlineData("17", "17")]
    [InlineData("17 ", "17 ")]
    [InlineData("2 <1>a\n<2>b\n", "<1|>a|<2>b")]
    public void Tells_a_length_from_a_line(string stream, string messages)
    {
        var bytes = Encoding.UTF8.GetBytes(stream);
        foreach (var piece in (int[])[1, 2, 3, 7, 1_000])
            Assert.StartsWith(messages, string.Join('|', Split(bytes, 1_000, piece)));
    }

    [Theory]
    [InlineData("20 <1>45678901234567890<2>b\n", "<1>4567890+|<2>b")]
    [InlineData("<1>45678901234567890\n<2>b\n", "<1>4567890+|<2>b")]
    [InlineData("<1>45678901234567890", "<1>4567890+")]
    [InlineData("<1>4567890\n<2>b\n", "<1>4567890|<2>b")]
    public void Cuts_what_is_too_long_and_goes_on_behind_it(string stream, string messages)
    {
        foreach (var piece in (int[])[1, 2, 3, 7, 1_000])
            Assert.Equal(messages, string.Join('|', Split(Encoding.UTF8.GetBytes(stream), 10, piece)));
    }

    [Fact]
    public void Holds_no_more_than_a_message_whatever_comes()
    {
        var random = new Random(7);
        var alphabet = "0123456789 <>\nab"u8.ToArray();
        for (var round = 0; round < 2_000; round++)
        {
            byte[] stream = [.. Enumerable.Range(0, 200).Select(_ => alphabet[random.Next(alphabet.Length)])];
            Split(stream, 16, random.Next(1, 30)); // fails where the buffer would have to grow
        }
    }

    // As a connection does it: what is not consumed stays in a buffer that never grows beyond what the framing says it needs.
    static List<string> Split(byte[] stream, int longest, int piece)
    {
        var framing = new SyslogFraming(longest);
        List<string> messages = [];
        List<byte> buffer = [];
        for (var at = 0; at <= stream.Length; at += piece)
        {
            var isEnd = at + piece > stream.Length;
            foreach (var next in stream.AsSpan(at, Math.Min(piece, stream.Length - at)))
            {
                buffer.Add(next);
                Drain(isEnd: false);
                Assert.True(buffer.Count < framing.LargestBuffer, "the buffer is full and nothing is taken");
            }
            if (isEnd)
                Drain(isEnd: true);
        }
        Assert.Empty(buffer);
        return messages;

        void Drain(bool isEnd)
        {
            while (framing.TryTake([.. buffer], isEnd, out var message, out var isCut, out var consumed))
            {
                if (!message.IsEmpty)
                    messages.Add(Encoding.UTF8.GetString(message) + (isCut && message.Length == longest ? "+" : ""));
                buffer.RemoveRange(0, consumed);
            }
        }
    }
}
