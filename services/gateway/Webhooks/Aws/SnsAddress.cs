using System.Text.RegularExpressions;

namespace Sigma.Gateway.Webhooks.Aws;

/// <summary>
/// Addresses in an envelope. They are looked at before anything is fetched from them: else who can write an envelope has us call anything.
/// </summary>
internal static partial class SnsAddress
{
    /// <summary>Where the certificate of a signature is; null when it is not at Amazon's.</summary>
    public static Uri? Certificate(string? address, AwsSettings settings) =>
        Of(address, settings) is { Query.Length: 0 } uri && uri.AbsolutePath.EndsWith(".pem", StringComparison.Ordinal) ? uri : null;

    /// <summary>Where a subscription is confirmed; null when it is not at Amazon's.</summary>
    public static Uri? Confirmation(string? address, AwsSettings settings) => Of(address, settings) is { } uri
        && uri.Query.Contains("Action=ConfirmSubscription", StringComparison.Ordinal) ? uri : null;

    static Uri? Of(string? address, AwsSettings settings) => Uri.TryCreate(address, UriKind.Absolute, out var uri)
        && uri.Scheme == Uri.UriSchemeHttps && uri.UserInfo.Length == 0 && uri.Fragment.Length == 0
        && ((uri.IsDefaultPort && Hosts().IsMatch(uri.IdnHost)) || settings.Hosts.Contains(uri.Authority)) ? uri : null;

    [GeneratedRegex(@"^sns\.[a-zA-Z0-9-]{3,}\.amazonaws\.com(\.cn)?\z")]
    private static partial Regex Hosts();
}
