using System.Globalization;
using Sigma.Gateway.Intake;

namespace Sigma.Gateway.Logs;

/// <summary>Tells senders when to try again.</summary>
internal static class RetryLater
{
    /// <summary>Sets <c>Retry-After</c>, in whole seconds, where trying again may help.</summary>
    public static void Set(HttpContext http, RefusedException e)
    {
        if (e.Refusal is Refusal.TooMany or Refusal.Unavailable)
            http.Response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(e.RetryAfter.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
    }
}
