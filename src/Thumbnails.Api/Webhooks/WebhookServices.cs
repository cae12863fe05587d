namespace Thumbnails.Api.Webhooks;

internal static class WebhookServices
{
    public static IServiceCollection AddWebhooks(this IServiceCollection services, WebhookSettings settings) => services
        .AddSingleton(settings)
        .AddSingleton<DeliveryStore>()
        .AddSingleton<WebhookClient>();
}
