using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MassTransit;
using MassTransit.Context;
using MassTransit.Serialization;
using Sigma.Contracts;
using Sigma.Hosting.Messaging;

namespace Sigma.UnitTests.Hosting;

public sealed class Large_messages
{
    static readonly Guid Id = Guid.NewGuid();

    readonly LargeMessages _reader = new();

    [Theory]
    [InlineData(1)]
    [InlineData(1_000)]
    public void Are_read_as_MassTransit_reads_them(int events)
    {
        var body = Envelope(Batch(events));

        var (ours, theirs) = (Read(_reader, body), Read(SystemTextJsonMessageSerializer.Instance, body));

        Assert.Equal(Id, ours.MessageId);
        Assert.Equal(theirs.SentTime, ours.SentTime);
        Assert.Equal("Ana", ours.Headers.Get<string>("by"));
        Assert.Equal(theirs.SupportedMessageTypes, ours.SupportedMessageTypes);
        Assert.True(ours.TryGetMessage<EventBatch>(out var batch));
        Assert.True(theirs.TryGetMessage<EventBatch>(out var expected));
        Assert.Equal(JsonSerializer.Serialize(expected), JsonSerializer.Serialize(batch));
        Assert.False(ours.TryGetMessage<CoverageReported>(out _), "it is of another type");
        MessageSendContext<EventBatch> onward = new(Batch(0)) { MessageId = Guid.NewGuid(), DestinationAddress = new("queue:next") };
        onward.Headers.Set("again", true);
        Assert.True(JsonNode.DeepEquals(Written(theirs, onward), Written(ours, onward)), $"{Written(ours, onward)}"[..500]);
    }

    [Fact]
    public void Are_named_with_the_place_of_what_cannot_be_read()
    {
        var body = Envelope(Batch(1_000)).Replace("\"eventId\":\"e-998\"", "\"eventId\":[998]");

        var failure = Assert.Throws<JsonException>(() => Read(_reader, body).TryGetMessage<EventBatch>(out _));

        Assert.Equal("$.events[998].eventId", failure.Path);
    }

    [Theory]
    [InlineData("{\"messageId\":\"x\", \"padding\": \"{0}\"}")]
    [InlineData("{\"message\": {}, \"padding\": \"{0}\"")]
    [InlineData("[{\"message\": {}, \"padding\": \"{0}\"}]")]
    [InlineData("{0}")]
    public void Are_refused_as_MassTransit_refuses_them(string text)
    {
        var body = text.Replace("{0}", new string('x', 20_000));

        var ours = Record.Exception(() => Read(_reader, body));
        var theirs = Record.Exception(() => Read(SystemTextJsonMessageSerializer.Instance, body));

        Assert.IsAssignableFrom<Exception>(theirs);
        Assert.Equal((theirs!.GetType(), theirs.Message), (ours?.GetType(), ours?.Message));
    }

    [Fact]
    public void Are_read_wherever_they_are_in_their_envelope()
    {
        var batch = JsonSerializer.Serialize(Batch(1_000), JsonSerializerOptions.Web);
        var type = $"\"messageType\": [\"{MessageUrn.ForTypeString<EventBatch>()}\"]";

        foreach (var body in (string[])[$"{{\"message\":{batch},{type}}}", $"{{ {type}, \"headers\": {{\"message\": 1}}, \"message\" : {batch} }}",
            $"{{\"Message\":{batch},{type}}}"])
        {
            Assert.True(Read(_reader, body).TryGetMessage<EventBatch>(out var read), body[..100]);
            Assert.Equal(1_000, read!.Events.Count);
        }
    }

    static SerializerContext Read(IMessageDeserializer reader, string body) =>
        reader.Deserialize(new BytesMessageBody(Encoding.UTF8.GetBytes(body)), EmptyHeaders.Instance);

    // What is sent on after it, as when a message is forwarded.
    static JsonNode? Written(SerializerContext context, SendContext<EventBatch> onward) =>
        JsonNode.Parse(context.GetMessageSerializer().GetMessageBody(onward).GetBytes());

    static string Envelope(EventBatch batch) => JsonSerializer.Serialize(new
    {
        messageId = Id, messageType = (string[])[MessageUrn.ForTypeString<EventBatch>()], message = batch, sentTime = new DateTime(2026, 11, 30),
        headers = new { by = "Ana" },
    }, JsonSerializerOptions.Web);

    static EventBatch Batch(int events) => new()
    {
        BatchId = Id, Source = "segware", SliceFrom = DateTimeOffset.UnixEpoch, SliceTo = DateTimeOffset.UnixEpoch.AddMinutes(1), Part = 1, Parts = 1,
        Events = [.. Enumerable.Range(0, events).Select(i => new MonitoredEvent
        {
            EventId = $"e-{i}", OccurredAt = DateTimeOffset.UnixEpoch.AddSeconds(i % 60),
            Labels = new Dictionary<string, string> { ["account"] = $"{i}" },
        })],
        ExcusedOccurrenceIds = [],
    };
}
