using System.Net;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace Sigma.Fetcher.Sources.StatusFeeds.Readers;

/// <summary>The items of an RSS body, wherever in it they stand.</summary>
internal static partial class RssBody
{
    const long MostCharacters = 20_000_000;

    static readonly XmlReaderSettings Safe = new()
    {
        DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = MostCharacters, IgnoreComments = true,
    };

    /// <exception cref="InvalidDataException">It is no RSS: a page of HTML is none, whatever its status was.</exception>
    public static IReadOnlyList<RssItem> Items(byte[] body)
    {
        var start = Array.FindIndex(body, one => one > ' ');
        if (start < 0)
            throw new InvalidDataException("an empty answer");
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(body, start, body.Length - start), Safe);
            var root = XDocument.Load(reader).Root!;
            if (root.Name.LocalName != "rss" || !root.Elements().Any(element => element.Name.LocalName == "channel"))
                throw new InvalidDataException(root.Name.LocalName.Equals("html", StringComparison.OrdinalIgnoreCase)
                    ? "a page instead of the feed" : $"no RSS but {root.Name.LocalName}");
            return [.. root.Descendants().Where(element => element.Name.LocalName == "item").Select(item => new RssItem(
                Of(item, "title"), Of(item, "description"), Of(item, "guid"), Of(item, "link"), Of(item, "pubDate")))];
        }
        catch (XmlException e)
        {
            throw new InvalidDataException(Page(body) ? "a page instead of the feed" : $"no XML: {e.Message}", e);
        }
    }

    /// <summary>Text without markup and entities.</summary>
    public static string Plain(string? html) => html is null ? "" : WebUtility.HtmlDecode(Tag().Replace(html, " "));

    static string? Of(XElement item, string name) =>
        item.Elements().FirstOrDefault(element => element.Name.LocalName == name)?.Value.Trim() is { Length: > 0 } text ? text : null;

    static bool Page(byte[] body) => System.Text.Encoding.UTF8.GetString(body, 0, Math.Min(body.Length, 1000))
        .Contains("<html", StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();
}

/// <summary>An item; null is what it does not have.</summary>
internal sealed record RssItem(string? Title, string? Description, string? Guid, string? Link, string? PubDate);
