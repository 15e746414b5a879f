using System.Globalization;
using System.Text;
using Sigma.Gateway.Intake;

namespace Sigma.Gateway.Answers;

/// <summary>Writes what senders of simple protocols are answered.</summary>
internal static class Answer
{
    /// <summary>A status and a line of text.</summary>
    public static Task Text(HttpContext http, int status, string text) =>
        Write(http, status, "text/plain; charset=utf-8", Encoding.UTF8.GetBytes(text));

    /// <summary>A status and a body.</summary>
    public static async Task Write(HttpContext http, int status, string contentType, ReadOnlyMemory<byte> body)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = contentType;
        http.Response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(http.Request.Method))
            await http.Response.Body.WriteAsync(body, http.RequestAborted);
    }

    /// <summary>The headers that go with a refusal: when to try again, and that a key is wanted.</summary>
    public static void Headers(HttpContext http, RefusedException refused)
    {
        if (refused.Refusal is Refusal.TooMany or Refusal.Unavailable)
            http.Response.Headers.RetryAfter =
                Math.Max(1, (long)Math.Ceiling(refused.RetryAfter.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        if (refused.Status == StatusCodes.Status401Unauthorized)
            http.Response.Headers.WWWAuthenticate = "Basic realm=\"sigma\", charset=\"UTF-8\"";
    }

    /// <summary>A refusal as a line of text.</summary>
    public static Task Refused(HttpContext http, RefusedException refused, int? status = null)
    {
        Headers(http, refused);
        return Text(http, status ?? refused.Status, refused.Message + "\n");
    }
}
