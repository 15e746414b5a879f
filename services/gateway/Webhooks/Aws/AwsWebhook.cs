using System.ComponentModel.DataAnnotations;
using System.Text;
using Sigma.Gateway.Integrations;
using Sigma.Gateway.Webhooks.Common;

namespace Sigma.Gateway.Webhooks.Aws;

/// <summary>What Amazon sends: SNS envelopes, or what is in them bare, by raw delivery or by EventBridge's API destinations.</summary>
internal sealed class AwsWebhook : IWebhook
{
    public string Kind => IntegrationKind.Aws;

    public IEnumerable<ValidationResult> Faults(Integration integration) => AwsSettings.Faults(integration);

    public Reading Read(WebhookBody body, Integration integration)
    {
        var settings = AwsSettings.Of(integration);
        // Delivered raw, a message may be any text.
        if (body.Header("x-amz-sns-rawdelivery") is not null && JsonBody.TryRead(TextOf(body)) is null)
            return new() { Items = [Fit(PlainMessage.Read(null, TextOf(body), body.Header("x-amz-sns-message-id")), body)] };
        var root = JsonBody.Read(body.Bytes);
        var envelopes = SnsEnvelope.AllOf(root);
        if (envelopes.Count == 0)
            return settings.TopicArns.Count == 0 ? Message(root, body, integration, settings)
                : throw root.Wrong("is no SNS envelope, and only some topics are allowed here");
        return new()
        {
            Items = [.. envelopes.SelectMany(envelope => Envelope(envelope, body, integration, settings))],
            ConfirmAt = envelopes.Select(envelope => envelope.ConfirmAt(settings)).FirstOrDefault(address => address is not null),
            Signature = settings.VerifySignature ? (check, ct) => SnsSignature.Fault(envelopes, settings, check, ct) : null,
        };
    }

    static IEnumerable<Understood> Envelope(SnsEnvelope envelope, WebhookBody body, Integration integration, AwsSettings settings)
    {
        if (settings.TopicArns.Count > 0 && !settings.TopicArns.Contains(envelope.TopicArn))
            throw envelope.Json["TopicArn"].Wrong("is not one of the topics that are allowed here");
        if (envelope.Type != SnsEnvelope.Notification)
            return [Fit(envelope.Handshake(settings), body)];
        var news = JsonBody.TryRead(envelope.Message) is { IsObject: true } message
            ? AwsMessage.Read(message, new AwsContext(body.ReceivedAt, integration, settings, envelope.TopicArn, envelope.Timestamp))
            : [PlainMessage.Read(envelope.Subject, envelope.Message, envelope.MessageId, envelope.Timestamp)];
        return news.Select((one, index) =>
            Fit(one with { DeliveryKey = news.Count > 1 ? $"{envelope.MessageId}/{index}" : envelope.MessageId }, body));
    }

    static Reading Message(JsonValue message, WebhookBody body, Integration integration, AwsSettings settings) => !message.IsObject
        ? throw message.Wrong("is no object")
        : new()
        {
            Items = [.. AwsMessage.Read(message, new AwsContext(body.ReceivedAt, integration, settings, null, null)).Select(one => Fit(one, body))],
        };

    static string TextOf(WebhookBody body) => Encoding.UTF8.GetString(body.Bytes.Span);

    static Understood Fit(Understood news, WebhookBody body) => NewsLimits.Fit(news, body.ReceivedAt);
}

/// <summary>What is known besides a message.</summary>
/// <param name="ReceivedAt">When it came.</param>
/// <param name="Integration">Whose it is.</param>
/// <param name="Settings">The integration's, of Amazon.</param>
/// <param name="TopicArn">The topic it came by; null when it came by none.</param>
/// <param name="SentAt">When the topic sent it; null when it came by none.</param>
internal sealed record AwsContext(DateTimeOffset ReceivedAt, Integration Integration, AwsSettings Settings, string? TopicArn, DateTimeOffset? SentAt);
