using System.Text.Json;
using Sigma.Gateway.Answers;
using Sigma.Gateway.Intake;
using Sigma.Gateway.Webhooks;

namespace Sigma.Gateway.Metrics.LineProtocol;

/// <summary>
/// Where InfluxDB takes points: version 1 at <c>/write</c>, version 2 at <c>/api/v2/write</c>; and what their clients ask before.
/// </summary>
internal sealed class LineProtocolEndpoint(SamplesIntake intake)
{
    const string Version = "1.8.10"; // of the API that is spoken here

    /// <summary>Points for version 1.</summary>
    public Task Write(HttpContext http) => Write(http, error => new { error });

    /// <summary>Points for version 2.</summary>
    public Task WriteVersion2(HttpContext http) => Write(http, message => new { code = "invalid", message });

    /// <summary>Whether somebody is there.</summary>
    public Task Ping(HttpContext http)
    {
        http.Response.Headers["X-Influxdb-Version"] = Version;
        http.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    /// <summary>Clients of version 1 make their database before they write; there is none to be made.</summary>
    public async Task Query(HttpContext http)
    {
        try
        {
            var form = http.Request.HasFormContentType ? (await http.Request.ReadFormAsync(http.RequestAborted))["q"].ToString() : "";
            var query = (http.Request.Query["q"].ToString() is { Length: > 0 } asked ? asked : form).TrimStart();
            http.Request.Body = Stream.Null;
            await intake.Open(http, Key(http), http.RequestAborted);
            if (query.StartsWith("CREATE DATABASE", StringComparison.OrdinalIgnoreCase))
                await Json(http, StatusCodes.Status200OK, new { results = new[] { new { statement_id = 0 } } });
            else
                await Json(http, StatusCodes.Status400BadRequest, new { error = "only CREATE DATABASE is understood: nothing can be asked here" });
        }
        catch (RefusedException e)
        {
            Answer.Headers(http, e);
            await Json(http, e.Status, new { error = e.Message });
        }
    }

    async Task Write(HttpContext http, Func<string, object> error)
    {
        if (NanosecondsOf(http.Request.Query["precision"].ToString()) is not { } unit)
        {
            await Json(http, StatusCodes.Status400BadRequest, error("precision must be ns, us, ms, s, m or h"));
            return;
        }
        try
        {
            var delivery = await intake.Open(http, Key(http), http.RequestAborted);
            var batch = await intake.Take(delivery, batch => new LineProtocolReader(batch, unit).Read(delivery.Body.Span), http.RequestAborted);
            if (batch.Refused == 0)
                http.Response.StatusCode = StatusCodes.Status204NoContent;
            else
                await Json(http, StatusCodes.Status400BadRequest, error($"partial write: {batch.Fault} dropped={batch.Refused}"));
        }
        catch (MalformedBodyException e)
        {
            await Json(http, StatusCodes.Status400BadRequest, error(e.Message));
        }
        catch (RefusedException e)
        {
            Answer.Headers(http, e);
            await Json(http, e.Status, error(e.Message));
        }
    }

    // Version 2 says "Token", version 1 a password in the address.
    static string? Key(HttpContext http) =>
        http.Request.Headers.Authorization is [{ } header] && header.StartsWith("Token ", StringComparison.OrdinalIgnoreCase) ? header[6..].Trim()
            : http.Request.Query["p"] is [{ Length: > 0 } password] ? password : null;

    static long? NanosecondsOf(string precision) => precision switch
    {
        "" or "n" or "ns" => 1,
        "u" or "us" or "µ" => 1_000,
        "ms" => 1_000_000,
        "s" => 1_000_000_000,
        "m" => 60_000_000_000,
        "h" => 3_600_000_000_000,
        _ => null,
    };

    static Task Json(HttpContext http, int status, object body) =>
        Answer.Write(http, status, "application/json", JsonSerializer.SerializeToUtf8Bytes(body));
}
