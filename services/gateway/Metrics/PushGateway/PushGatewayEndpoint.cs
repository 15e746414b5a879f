using Sigma.Gateway.Answers;
using Sigma.Gateway.Intake;
using Sigma.Gateway.Webhooks;

namespace Sigma.Gateway.Metrics.PushGateway;

/// <summary>
/// Where a push gateway takes what jobs push. What is pushed are samples at the time of their arrival, and <c>push_time_seconds</c> beside them; no
/// group is kept, so PUT and POST are alike, and DELETE changes nothing.
/// </summary>
internal sealed class PushGatewayEndpoint(SamplesIntake intake)
{
    public async Task Handle(HttpContext http, string labels)
    {
        try
        {
            var delivery = await intake.Open(http, null, http.RequestAborted);
            var group = GroupingKey.Parse(labels);
            if (HttpMethods.IsDelete(http.Request.Method))
            {
                http.Response.StatusCode = StatusCodes.Status202Accepted;
                return;
            }
            var isProtobuf = http.Request.ContentType?.StartsWith("application/vnd.google.protobuf", StringComparison.OrdinalIgnoreCase) is true;
            var batch = await intake.Take(delivery, batch => Read(batch, group, isProtobuf, delivery.Body.Span), http.RequestAborted);
            if (batch.Refused == 0)
                http.Response.StatusCode = StatusCodes.Status200OK;
            else
                await Answer.Text(http, StatusCodes.Status400BadRequest,
                    $"{batch.Refused} samples are refused, the others are kept: {batch.Fault}\n");
        }
        catch (Exception e) when (e is MalformedBodyException or FormatException)
        {
            await Answer.Text(http, StatusCodes.Status400BadRequest, e.Message + "\n");
        }
        catch (RefusedException e)
        {
            await Answer.Refused(http, e);
        }
    }

    static void Read(SampleBatch batch, List<KeyValuePair<string, string>> group, bool isProtobuf, ReadOnlySpan<byte> body)
    {
        if (isProtobuf)
            new MetricFamilyReader(batch, group).Read(body);
        else
            new ExpositionReader(batch, group).Read(body);
        var labels = batch.Labels.Begin().Add("__name__", "push_time_seconds");
        foreach (var (name, value) in group)
            labels.Add(name, value);
        batch.Add(labels.End(), batch.ReceivedAt.ToUnixTimeMilliseconds() / 1000d, batch.ReceivedAt);
    }
}
