namespace Sigma.Fetcher.Sources.StatusFeeds.Readers;

/// <summary>Oracle's regions by the names that its pages write.</summary>
internal static class OciRegions
{
    static readonly Dictionary<string, string> Keys = new(StringComparer.OrdinalIgnoreCase)
    {
        ["US East (Ashburn)"] = "us-ashburn-1", ["US West (Phoenix)"] = "us-phoenix-1", ["US West (San Jose)"] = "us-sanjose-1",
        ["US Midwest (Chicago)"] = "us-chicago-1", ["Canada Southeast (Toronto)"] = "ca-toronto-1",
        ["Canada Southeast (Montreal)"] = "ca-montreal-1", ["Brazil East (Sao Paulo)"] = "sa-saopaulo-1",
        ["Brazil Southeast (Vinhedo)"] = "sa-vinhedo-1", ["Chile Central (Santiago)"] = "sa-santiago-1",
        ["Chile West (Valparaiso)"] = "sa-valparaiso-1",
        ["Colombia Central (Bogota)"] = "sa-bogota-1", ["Mexico Central (Queretaro)"] = "mx-queretaro-1",
        ["Mexico Northeast (Monterrey)"] = "mx-monterrey-1", ["UK South (London)"] = "uk-london-1", ["UK West (Newport)"] = "uk-cardiff-1",
        ["Germany Central (Frankfurt)"] = "eu-frankfurt-1", ["Switzerland North (Zurich)"] = "eu-zurich-1",
        ["Netherlands Northwest (Amsterdam)"] = "eu-amsterdam-1", ["France South (Marseille)"] = "eu-marseille-1",
        ["France Central (Paris)"] = "eu-paris-1", ["Italy Northwest (Milan)"] = "eu-milan-1", ["Spain Central (Madrid)"] = "eu-madrid-1",
        ["Sweden Central (Stockholm)"] = "eu-stockholm-1", ["Israel Central (Jerusalem)"] = "il-jerusalem-1",
        ["Saudi Arabia West (Jeddah)"] = "me-jeddah-1", ["Saudi Arabia Central (Riyadh)"] = "me-riyadh-1", ["UAE East (Dubai)"] = "me-dubai-1",
        ["UAE Central (Abu Dhabi)"] = "me-abudhabi-1", ["South Africa Central (Johannesburg)"] = "af-johannesburg-1",
        ["India West (Mumbai)"] = "ap-mumbai-1", ["India South (Hyderabad)"] = "ap-hyderabad-1", ["Japan East (Tokyo)"] = "ap-tokyo-1",
        ["Japan Central (Osaka)"] = "ap-osaka-1", ["South Korea Central (Seoul)"] = "ap-seoul-1",
        ["South Korea North (Chuncheon)"] = "ap-chuncheon-1", ["Singapore (Singapore)"] = "ap-singapore-1",
        ["Australia East (Sydney)"] = "ap-sydney-1", ["Australia Southeast (Melbourne)"] = "ap-melbourne-1",
    };

    /// <summary>The region's key; its name, where it is not known here.</summary>
    public static string KeyOf(string name) => Keys.GetValueOrDefault(name.Trim(), name.Trim());
}
