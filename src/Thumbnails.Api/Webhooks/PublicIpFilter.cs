using System.Net;
using System.Net.Sockets;

namespace Thumbnails.Api.Webhooks;

/// <summary>
/// Distinguishes public addresses from those of this machine, its network or its cloud. The ranges are those that IANA's
/// special-purpose registries list as not globally reachable, including any reachable subranges.
/// </summary>
internal static class PublicIpFilter
{
    private static readonly IPNetwork[] NotPublic =
    [
        .. Networks(
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
            "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"),
        // Azure serves instance metadata at an address that looks public.
        .. Networks("168.63.129.16/32"),
        // Protocol assignments including Teredo, documentation, and 6to4: tunnels can lead to arbitrary IPv4 addresses.
        .. Networks("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"),
    ];

    // All global unicast addresses; loopback, link-local, unique-local, multicast and mapped addresses are outside this range.
    private static readonly IPNetwork PublicV6 = IPNetwork.Parse("2000::/3");

    // In IPv6-only networks, DNS64 and NAT64 map this prefix to the IPv4 address in the last four bytes.
    private static readonly IPNetwork Nat64 = IPNetwork.Parse("64:ff9b::/96");

    public static bool Contain(IPAddress address)
    {
        var meant = IPv4Within(address) ?? address;
        return (meant.AddressFamily == AddressFamily.InterNetwork || PublicV6.Contains(meant))
            && !Array.Exists(NotPublic, network => network.Contains(meant));
    }

    private static IPAddress? IPv4Within(IPAddress address) =>
        address.IsIPv4MappedToIPv6 ? address.MapToIPv4()
        : Nat64.Contains(address) ? new IPAddress(address.GetAddressBytes().AsSpan(^4))
        : null;

    private static IEnumerable<IPNetwork> Networks(params string[] texts) => texts.Select(IPNetwork.Parse);
}
