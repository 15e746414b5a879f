using Sigma.Gateway.Webhooks.Common;

namespace Sigma.Gateway.Webhooks.Aws;

/// <summary>S3's own events. Of one key their <c>sequencer</c> tells the order.</summary>
internal static class S3Records
{
    /// <summary>What a bucket sends when its events are set up: without records.</summary>
    public const string TestEvent = "s3:TestEvent";

    public static IReadOnlyList<Understood> Read(JsonValue message) => message["Event"].Text == TestEvent
        ?
        [
            new()
            {
                State = UnderstoodState.Test, ExternalId = ExternalIds.Of("s3-test", message["Bucket"].Text),
                ReportedAt = SourceTime.Read(message["Time"]),
                Title = $"The bucket {message["Bucket"].Text} tries its events", DeliveryKey = message["RequestId"].Text,
            },
        ]
        : [.. message["Records"].Items.Select(Record)];

    static Understood Record(JsonValue record)
    {
        var (bucket, item) = (record["s3"]["bucket"]["name"].Text, record["s3"]["object"]);
        var key = item["key"].Text is { } written ? Uri.UnescapeDataString(written.Replace('+', ' ')) : null;
        var name = record["eventName"].Text ?? record["eventSource"].Text ?? "event";
        var at = SourceTime.Read(record["eventTime"]);
        return new Understood
        {
            State = UnderstoodState.Info, ExternalId = ExternalIds.Of(bucket, key, item["sequencer"].Text ?? record["eventTime"].Text, name),
            Title = bucket is null ? name : $"{name}: {bucket}/{key}", StartsAt = at, ReportedAt = at,
            Service = record["eventSource"].Text is { } source && source.StartsWith("aws:", StringComparison.Ordinal) ? source[4..] : null,
            Region = record["awsRegion"].Text, NeverResolves = true,
            Labels = new LabelList().Add("bucket", bucket).Add("key", key).Add("alertname", name).ToDictionary(),
            DeliveryKey = ExternalIds.Of(bucket, key, item["sequencer"].Text ?? record["eventTime"].Text, name),
        };
    }
}
