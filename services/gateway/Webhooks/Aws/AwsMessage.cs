using Sigma.Gateway.Webhooks.Common;
using Sigma.Gateway.Webhooks.Mapped;

namespace Sigma.Gateway.Webhooks.Aws;

/// <summary>The message itself, told by its shape.</summary>
internal static class AwsMessage
{
    /// <exception cref="MalformedBodyException">It is of a known shape, and not whole.</exception>
    public static IReadOnlyList<Understood> Read(JsonValue message, AwsContext context) =>
        message["AlarmName"].IsThere && message["NewStateValue"].IsThere ? [CloudWatchAlarm.Read(message, context)]
        : message["detail-type"].IsThere && message["detail"].IsObject ? [EventBridgeEvent.Read(message, context)]
        : message["Records"].IsList || message["Event"].Text == S3Records.TestEvent ? S3Records.Read(message)
        : context.Integration.Mapping.State is not null || context.Integration.Mapping.Id is not null
            ? MappedAlerts.Read(message, new WebhookBody(default, new Dictionary<string, string>(), context.ReceivedAt), context.Integration)
        : [PlainMessage.Read(message.FirstText("title", "subject", "detailType", "source"), message.Shown ?? "", null, context.SentAt)];
}
