namespace Sigma.Gateway.Webhooks.Aws;

/// <summary>Amazon's names: <c>arn:aws:service:region:account:what</c>.</summary>
internal static class Arn
{
    const int RegionPart = 3, AccountPart = 4;

    public static string? Region(string? arn) => Part(arn, RegionPart);

    public static string? Account(string? arn) => Part(arn, AccountPart);

    static string? Part(string? arn, int index) =>
        arn?.Split(':', AccountPart + 2) is { Length: > AccountPart } parts && parts[0] == "arn" && parts[index].Length > 0 ? parts[index] : null;
}
