using System.Net.Mime;
using System.Runtime.Serialization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using MassTransit;
using MassTransit.Serialization;

namespace Sigma.Hosting.Messaging;

/// <summary>
/// Reads a large message from its bytes. MassTransit makes a tree of elements of it, copies that, and reads the message from the copy, which took a
/// tenth of the evaluator's time. What is small or odd is left to MassTransit.
/// </summary>
internal sealed class LargeMessages : ISerializerFactory, IMessageDeserializer
{
    const int Large = 16 * 1024;

    readonly SystemTextJsonMessageSerializer _all = SystemTextJsonMessageSerializer.Instance;

    public ContentType ContentType => SystemTextJsonMessageSerializer.JsonContentType;

    public IMessageSerializer CreateSerializer() => _all;

    public IMessageDeserializer CreateDeserializer() => this;

    public void Probe(ProbeContext context) => _all.Probe(context);

    public MessageBody GetMessageBody(string text) => _all.GetMessageBody(text);

    public ConsumeContext Deserialize(ReceiveContext receiveContext) => new BodyConsumeContext(receiveContext,
        Deserialize(receiveContext.Body, receiveContext.TransportHeaders, receiveContext.InputAddress));

    public SerializerContext Deserialize(MessageBody body, Headers headers, Uri? destinationAddress = null) =>
        (body.Length >= Large ? Read(body, headers, destinationAddress) : null) ?? _all.Deserialize(body, headers, destinationAddress);

    LargeMessage? Read(MessageBody body, Headers headers, Uri? destination)
    {
        try
        {
            var bytes = body.GetBytes();
            if (Find(bytes) is not { } place)
                return null;
            var rest = JsonSerializer.Deserialize<MessageEnvelope>([.. bytes[..place.Start], .. "null"u8, .. bytes[place.End..]], Options);
            return rest is null ? null : new LargeMessage(_all, rest, bytes.AsMemory(place), () => _all.Deserialize(body, headers, destination));
        }
        catch (Exception e) when (e is JsonException or SerializationException or FormatException)
        {
            return null; // MassTransit says what is wrong with it
        }
    }

    /// <summary>Where in its envelope the message is; null when it is not there once.</summary>
    static Range? Find(ReadOnlySpan<byte> envelope)
    {
        Utf8JsonReader reader = new(envelope, new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
        Range? found = null;
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isMessage = reader.ValueTextEquals("message"u8);
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            if (!isMessage)
                continue;
            if (found is not null || envelope[start] != '{')
                return null;
            found = start..(int)reader.BytesConsumed;
        }
        return found;
    }

    static JsonSerializerOptions Options => SystemTextJsonMessageSerializer.Options;

    sealed class LargeMessage(SystemTextJsonMessageSerializer all, MessageEnvelope rest, ReadOnlyMemory<byte> message, Func<SerializerContext> whole)
        : SystemTextJsonSerializerContext(all, LargeMessages.Options, SystemTextJsonMessageSerializer.JsonContentType,
            new EnvelopeMessageContext(rest, all), rest.MessageType ?? [], rest, default(JsonElement))
    {
        readonly MessageEnvelope _rest = rest;

        public override bool TryGetMessage<T>(out T? result) where T : class
        {
            if (typeof(T) == typeof(JsonObject))
                return whole().TryGetMessage(out result);
            result = IsSupportedMessageType<T>() ? JsonSerializer.Deserialize<T>(message.Span, Options) : null;
            return result is not null;
        }

        public override bool TryGetMessage(Type messageType, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out object? result) =>
            (result = JsonSerializer.Deserialize(message.Span, messageType, Options)) is not null;

        // Sent on, it is written as it came: an outbox does that with every message.
        public override IMessageSerializer GetMessageSerializer() => new SystemTextJsonBodyMessageSerializer(
            new JsonMessageEnvelope(_rest) { Message = new AsItCame(message) }, SystemTextJsonMessageSerializer.JsonContentType,
            LargeMessages.Options);
    }

    [JsonConverter(typeof(AsItCameConverter))]
    sealed record AsItCame(ReadOnlyMemory<byte> Json);

    sealed class AsItCameConverter : JsonConverter<AsItCame>
    {
        public override AsItCame Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, AsItCame value, JsonSerializerOptions options) =>
            writer.WriteRawValue(value.Json.Span, skipInputValidation: true); // it was read already
    }
}
