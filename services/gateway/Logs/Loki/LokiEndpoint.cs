using Microsoft.Net.Http.Headers;
using Sigma.Gateway.Answers;
using Sigma.Gateway.Intake;
using Sigma.Gateway.Integrations;
using Sigma.Gateway.Logs.Lines;

namespace Sigma.Gateway.Logs.Loki;

/// <summary>
/// Takes what Promtail, Fluent Bit, Vector and others push to Loki. 204 when it is kept; 400 when it never can be, with the place: nothing of it is
/// kept then.
/// </summary>
internal sealed class LokiEndpoint(Door door, LogIntake intake)
{
    const string Protocol = "loki", Protobuf = "application/x-protobuf", Tenant = "X-Scope-OrgID";

    static readonly string[] Kinds = [IntegrationKind.Logs];

    /// <summary>Answers <c>/loki/api/v1/push</c>, and <c>/api/prom/push</c> of former versions.</summary>
    public async Task Push(HttpContext http)
    {
        try
        {
            var isProtobuf = IsProtobuf(http.Request.ContentType);
            if (isProtobuf && http.Request.Headers.ContentEncoding.Count == 0)
                http.Request.Headers.ContentEncoding = "snappy"; // which goes without saying
            var delivery = await door.Open(http, Kinds, null, null, http.RequestAborted);
            var tenant = http.Request.Headers[Tenant].FirstOrDefault();
            var lines = await intake.Read(delivery, (to, body) =>
            {
                if (isProtobuf)
                    new LokiProtobuf(to, tenant).Read(body);
                else
                    new LokiJson(to, tenant).Read(body);
            }, http.RequestAborted);
            await intake.Keep(lines, Protocol, http.RequestAborted);
            http.Response.StatusCode = StatusCodes.Status204NoContent;
        }
        catch (RefusedException e)
        {
            await Answer.Refused(http, e);
        }
    }

    // Anything else is JSON: some scripts say nothing of what they send.
    static bool IsProtobuf(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type) && type.MediaType.Equals(Protobuf, StringComparison.OrdinalIgnoreCase);
}
