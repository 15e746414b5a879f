using Sigma.Gateway.Webhooks.Common;

namespace Sigma.Gateway.Webhooks.Aws;

/// <summary>What SNS puts around a message.</summary>
internal sealed record SnsEnvelope(JsonValue Json)
{
    public const string Notification = "Notification", Subscription = "SubscriptionConfirmation", Unsubscription = "UnsubscribeConfirmation";

    public string Type { get; } = Json["Type"].Text!;

    public string MessageId { get; } = Json["MessageId"].Needed("the message's id");

    public string TopicArn { get; } = Json["TopicArn"].Needed("the topic");

    public string? Subject => Json["Subject"].Text;

    public string Message => Json["Message"].Text ?? "";

    public DateTimeOffset? Timestamp => SourceTime.Read(Json["Timestamp"]);

    /// <summary>
    /// Where to confirm a subscription, when it is an address of Amazon's: what ends one is never visited, that would subscribe again.
    /// </summary>
    public Uri? ConfirmAt(AwsSettings settings) => Type == Subscription ? SnsAddress.Confirmation(Json["SubscribeURL"].Text, settings) : null;

    /// <summary>The envelopes of a body: itself, or those in the records of a function. None when it is another thing.</summary>
    /// <exception cref="MalformedBodyException">One is not whole.</exception>
    public static IReadOnlyList<SnsEnvelope> AllOf(JsonValue root) => Is(root) ? [new(root)]
        : [.. root["Records"].Items.Select(record => record["Sns"]).Where(Is).Select(one => new SnsEnvelope(one))];

    /// <summary>What is told of one that is no notification.</summary>
    public Understood Handshake(AwsSettings settings) => new()
    {
        State = UnderstoodState.Handshake, ExternalId = ExternalIds.Of("subscription", TopicArn), Text = Json["Message"].Text,
        Title = Type == Unsubscription ? $"The subscription of the topic {TopicArn} was ended: it sends no more"
            : ConfirmAt(settings) is not null ? $"The topic {TopicArn} wants its subscription confirmed"
            : $"The topic {TopicArn} wants its subscription confirmed at an address that is not Amazon's: it is not visited",
        ReportedAt = Timestamp, Labels = new Dictionary<string, string> { ["topic"] = TopicArn }, DeliveryKey = MessageId,
        Region = Arn.Region(TopicArn),
    };

    static bool Is(JsonValue json) => json["Type"].Text is Notification or Subscription or Unsubscription && json["MessageId"].IsThere;
}
