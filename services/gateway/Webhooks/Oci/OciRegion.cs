namespace Sigma.Gateway.Webhooks.Oci;

/// <summary>The region in Oracle's names, <c>ocid1.kind.realm.region.id</c>: some regions are written there by three letters.</summary>
internal static class OciRegion
{
    const int Part = 3;

    static readonly Dictionary<string, string> ByCode = new(StringComparer.OrdinalIgnoreCase)
    {
        ["iad"] = "us-ashburn-1", ["phx"] = "us-phoenix-1", ["sjc"] = "us-sanjose-1", ["fra"] = "eu-frankfurt-1", ["lhr"] = "uk-london-1",
        ["ams"] = "eu-amsterdam-1", ["zrh"] = "eu-zurich-1", ["gru"] = "sa-saopaulo-1", ["vcp"] = "sa-vinhedo-1", ["scl"] = "sa-santiago-1",
        ["yyz"] = "ca-toronto-1", ["yul"] = "ca-montreal-1", ["nrt"] = "ap-tokyo-1", ["kix"] = "ap-osaka-1", ["icn"] = "ap-seoul-1",
        ["yny"] = "ap-chuncheon-1", ["bom"] = "ap-mumbai-1", ["hyd"] = "ap-hyderabad-1", ["sin"] = "ap-singapore-1", ["syd"] = "ap-sydney-1",
        ["mel"] = "ap-melbourne-1", ["jed"] = "me-jeddah-1", ["dxb"] = "me-dubai-1", ["cwl"] = "uk-cardiff-1",
    };

    /// <summary>Null when the name has none.</summary>
    public static string? OfOcid(string? ocid) =>
        ocid?.Split('.') is { Length: > Part } parts && parts[0].StartsWith("ocid", StringComparison.OrdinalIgnoreCase) && parts[Part].Length > 0
            ? ByCode.GetValueOrDefault(parts[Part]) ?? parts[Part] : null;
}
