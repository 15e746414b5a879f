using Sigma.Gateway.Protobuf;
using Sigma.Gateway.Webhooks;

namespace Sigma.UnitTests.Gateway.Protobuf;

public sealed class Messages_of_protocol_buffers
{
    [Fact]
    public void Reads_what_was_written()
    {
        var inner = new ProtobufWriter().Text(1, "é").Number(9, -5);
        var bytes = new ProtobufWriter().Number(1, 300).Double(2, 1.5).Fixed64(3, ulong.MaxValue).Message(4, inner).Written.Span;
        ProtobufReader reader = new(bytes);

        Assert.True(reader.Next());
        Assert.Equal(300, reader.Int64());
        Assert.True(reader.Next());
        Assert.Equal(1.5, reader.Double());
        Assert.True(reader.Next());
        Assert.Equal(ulong.MaxValue, reader.Fixed64());
        Assert.True(reader.Next());
        var message = reader.Message();
        Assert.True(message.Next());
        Assert.Equal("é", message.Text());
        Assert.True(message.Next());
        Assert.Equal((9, -5), (message.Field, message.Int32()));
        Assert.False(message.Next());
        Assert.False(reader.Next());
    }

    [Fact]
    public void Reads_repeated_numbers_packed_or_alone()
    {
        List<long> found = [];
        ProtobufReader reader = new([0x10, 0x03, 0x12, 0x02, 0x01, 0x04]);
        while (reader.Next())
            reader.AddSInt64s(found, 10);
        Assert.Equal([-2, -1, 2], found);
    }

    [Theory]
    [InlineData("0a 05 61", "byte 2: 5 bytes should follow, 1 do")]
    [InlineData("08", "byte 1: the body ends within a number")]
    [InlineData("08 ff ff ff ff ff ff ff ff ff ff", "byte 11: a number is longer than 64 bits")]
    [InlineData("0b", "byte 1: a field cannot be written in the way 3")]
    [InlineData("00 00", "byte 1: no field has this number")]
    [InlineData("0a ff ff ff ff ff ff ff ff 7f", "byte 10: 9223372036854775807 bytes should follow, 0 do")]
    public void Says_where_a_body_is_wrong(string hex, string expected) => Assert.Equal(expected,
        Assert.Throws<MalformedBodyException>(() => SkipAll(Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal)))).Message);

    [Fact]
    public void Refuses_messages_within_messages_without_end()
    {
        ProtobufWriter nested = new();
        for (var depth = 0; depth < 50; depth++)
            nested = new ProtobufWriter().Message(1, nested);
        var bytes = nested.Written.ToArray();
        Assert.Contains("more than 32 deep", Assert.Throws<MalformedBodyException>(() => Descend(new ProtobufReader(bytes))).Message,
            StringComparison.Ordinal);
    }

    static void Descend(ProtobufReader reader)
    {
        while (reader.Next())
            Descend(reader.Message());
    }

    static void SkipAll(byte[] bytes)
    {
        ProtobufReader reader = new(bytes);
        while (reader.Next())
            reader.Skip();
    }
}
