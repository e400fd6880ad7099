import Foundation

/// Better names for models of the catalogue, and Chinese ones.
///
/// The catalogue's own are trade terms, misspelt, or never translated.
enum FurnitureWords {
    /// A name in both languages.
    struct Entry: Sendable {
        /// The English name; nil where the list's own is right.
        let english: String?

        /// The Chinese name.
        let chinese: String
    }

    /// Names that stand for a maker: things called so are left out.
    static let brands: Set<String> = [
        "Apple iBook", "Apple iMac 1998", "Apple iMac 2004", "Apple iPhone", "Chevrolet",
        "Ford Focus", "Peugeot 308 CC", "PlayStation", "Renault Scenic", "Seat Leon", "Smart car",
        "VW new beetle", "Yamaha YZR R6",
    ]

    /// White marks that belong on a road, and a carpet without its picture: nothing is to be seen.
    static let unclear: Set<String> = [
        "Arrow straight ahead", "Arrow turn right", "Arrow turn right and ahead", "Oriental rug",
        "Parking slot", "Parking slot 45°", "Parking slot 60°", "Parking slot 75°",
        "Parking slot 90°", "Pedestrian crossing",
    ]

    /// The entry of an identifier, a name or a category.
    static func entry(of key: String) -> Entry? { entries[key] }

    private static let entries: [String: Entry] = {
        let items = table.replacing("\n", with: " ").split(separator: ";").map { item in
            item.split(separator: "=", omittingEmptySubsequences: false).map {
                $0.trimmingCharacters(in: .whitespaces)
            }
        }
        let pairs = items.filter { $0.count == 3 }.map { item in
            (item[0], Entry(english: item[1].isEmpty ? nil : item[1], chinese: item[2]))
        }
        return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
    }()

    /// The list's name or a model's identifier, the English name if it is another, the Chinese one.
    private static let table = """
        Characters==人物; Bathroom==浴室; Bedroom==卧室; Doors and windows==门窗; Exterior==户外; Kitchen==厨房;
        Lights==灯具; Living room==客厅; Miscellaneous==杂物; Office==办公室; Staircases==楼梯; Vehicles==交通工具;
        Scopia/kitchen_tool1=serving spoon=大汤匙; Scopia/kitchen_tool2=ladle=汤勺;
        Scopia/kitchen_tool3=spatula=锅铲; Scopia/kitchen_tool4=pasta spoon=意面勺;
        BlendSwap-CC-0/lamp2=chandelier=枝形吊灯; BlendSwap-CC-0/motorbike=spring rider=弹簧摇摇车;
        Scopia/japanese_style_screen=folding screen=屏风; Abdominal bench=weight bench=健身凳;
        Acacia=acacia tree=金合欢树; Air conditioning - External unit=air conditioner=空调外机;
        Air conditioning - Internal unit=air conditioner=空调; Air mattress==充气床垫;
        Apples=bowl of apples=一碗苹果; Aquarium==水族箱; Armchair==扶手椅;
        Armchair ottoman=armchair with footstool=带脚凳的扶手椅; Ashtray==烟灰缸; Baby bed=cradle=婴儿床;
        Baby bottle==奶瓶; Baby high chair=high chair=婴儿高脚椅; Backpack==背包; Bamboo==竹子; Bar chair==吧台椅;
        Bar stool==吧台凳; Bar table==吧台桌; Barnum=canopy tent=遮阳棚; Barrel==木桶; Basin==盆; Basketball==篮球;
        Basketball net=basketball hoop=篮球架; Bath=bathtub=浴缸; Bathmat=bath mat=浴室地垫;
        Beach chair=sun lounger=躺椅; Bed==床; Bedside table==床头柜; Beer bottle==啤酒瓶;
        Beer glass=beer mug=啤酒杯; Bench==长凳; Bended coconut tree=bent coconut tree=弯曲的椰子树;
        Bicycle==自行车; Bidet==坐浴盆; Bike==自行车; Bill 10€=10 euro note=10欧元纸币;
        Bill 20€=20 euro note=20欧元纸币; Bill 50€=50 euro note=50欧元纸币; Biplane==双翼飞机;
        Birthday cake==生日蛋糕; Black table==黑色的桌子; Blender==搅拌机;
        Blue pine under snow=pine under snow=雪中的松树; Boiler=kettle=水壶; Bonsai tree==盆景; Book==书;
        Bookcase==书架; Bootie=ankle boots=短靴; Bottle==瓶子; Bowl==碗;
        Bowl with fruits=bowl of fruit=一碗水果; Bowl with salad=bowl of salad=一碗沙拉; Box==箱子; Boy==男孩;
        Bread==面包; Bread box==面包箱; Briefcase==公文包; Broom==扫帚; Brush=hairbrush=梳子; Bulldog==斗牛犬;
        Bullet trash can=trash can=垃圾桶; Bunk bed==双层床; Burlap sofa==沙发; Bus==大巴; Bush==灌木;
        Butter==黄油; CCTV=security camera=监控摄像头; Cactus==仙人掌; Cafe chair=garden chair=花园椅;
        Cafe table=garden table=花园桌; Calendar==日历; Camera==照相机; Camping lamp==露营灯; Camping tent==帐篷;
        Candle==蜡烛; Cap==鸭舌帽; Captain's bed==床; Car model=model car=汽车模型;
        Card game=playing cards=扑克牌; Cardboard box==纸箱; Cat==猫; Ceiling fan==吊扇; Ceiling lamp==吸顶灯;
        Chair==椅子; Chair with cushion==带坐垫的椅子; Chandelier lamp=chandelier=枝形吊灯;
        Changing table==婴儿护理台; Chessboard==国际象棋; Chest=chest of drawers=五斗柜; Chest freezer==冰柜;
        Chicken==母鸡; Child bed==儿童床; Child chair==儿童椅; Child hut=playground slide=儿童滑梯;
        Child swing=swing=秋千; Children chair=child chair=儿童椅; Children game=playground slide=儿童滑梯;
        Children table=child table=儿童桌; Chimney==烟囱; Chopping board==砧板; Christmas tree==圣诞树;
        City bus==公交车; Class seat=school chair=课椅; Classic lamppost=lamppost=路灯; Clear sofa=sofa=沙发;
        Clock==时钟; Clothes basket=laundry basket=洗衣篮; Clothes hanger==衣架; Clothes horse==晾衣架;
        Clothes rack==挂衣架; Clothes washing machine=washing machine=洗衣机; Cocktail glass==鸡尾酒杯;
        Coconut tree==椰子树; Coffee brewer=coffee machine=咖啡机; Coffee cup==咖啡杯;
        Coffee machine=espresso machine=咖啡机; Coffee maker==咖啡壶; Coffee mug==咖啡杯;
        Coffee press=French press=法压壶; Coffee table==茶几; Comb==梳子; Concept Sedan 01=sedan=轿车;
        Concept Sedan 02=sedan=轿车; Concept Sedan 02 Sport=sedan=轿车; Concrete bench=park bench=公园长椅;
        Concrete sidewalk=sidewalk=人行道; Cone=traffic cone=交通锥;
        Contemporary living room=wall unit=电视柜; Convertible sofa BZ=sofa bed=沙发床;
        Cooker=rice cooker=电饭煲; Cooktop=gas stove=燃气灶; Copper beech=copper beech tree=紫叶山毛榉;
        Corner bathtub==转角浴缸; Corner sofa==转角沙发; Cosmetics pot=cosmetics jar=化妆品罐; Couch==沙发;
        Crate=wooden crate=木箱; Creamer=milk jug=奶壶; Crib==婴儿床; Cuckoo clock==布谷鸟钟; Cup==杯子;
        Cup cake=cupcake=纸杯蛋糕; Cupboard==橱柜; Curtain==窗帘; Cutting pliers=bolt cutter=断线钳;
        Cypress=cypress tree=柏树; DVD player==DVD播放机; Dart game=dartboard=飞镖靶; Day bed=daybed=坐卧两用床;
        Deck chair==折叠躺椅; Decorative plant==盆栽植物; Deep fryer==油炸锅; Deer==鹿; Desk==书桌; Desk lamp==台灯;
        Desk table=desk=书桌; Diving board==跳水板; Dog==狗; Dog house==狗屋; Doll==洋娃娃; Doll house==娃娃屋;
        Door==门; Doormat==门垫; Double French window 3 panes=French window=落地窗;
        Double French window small panes=French window=落地窗; Double arched window=arched window=拱形窗;
        Double door==双扇门; Double door with panes=double door=双扇门; Double oven==双层烤箱;
        Double vanity==双人洗漱台; Double window 3 panes=window=窗户; Double window 4 panes=window=窗户;
        Double window with large pane=window=窗户; Double-hung window=sash window=上下推拉窗;
        Drawers cabinet=drawer cabinet=抽屉柜; Dress==连衣裙; Dresser with drawers=dresser=梳妆柜;
        Dressing table==梳妆台; Drill==电钻; Dryer machine=clothes dryer=烘干机; Dustbin==垃圾桶;
        Electric guitar==电吉他; Electric water heater=water heater=电热水器;
        Electronic scale=kitchen scale=电子秤; Elevator==电梯; Elevator door==电梯门;
        Emergency sign=exit sign=安全出口标志; Entry bell ring=doorbell=门铃;
        Entry speech unit=door intercom=门口对讲机; Escalator==自动扶梯; Espresso kettle=moka pot=摩卡壶;
        Exterior door=front door=大门; Extinguisher=fire extinguisher=灭火器; Female=woman=女人; Fence==栅栏;
        Ficus=ficus tree=榕树; Filing cabinet==文件柜; Fire hydrant==消防栓; Fireplace==壁炉;
        Fitness tower=exercise machine=健身器; Flacon=perfume bottle=香水瓶; Flashlight==手电筒;
        Flipper=pinball machine=弹球机; Flower box==花箱; Flowers=vase with flowers=插花的花瓶;
        Fluorescent light==荧光灯; Fluorescent strip=fluorescent light=荧光灯; Folded clothes==叠好的衣服;
        Folding chair==折叠椅; Folding table==折叠桌; Football goal==足球门;
        Football table=foosball table=桌上足球; Fork==叉子; Fork lift=forklift=叉车; Fountain==喷泉;
        Frame Chambord=picture frame=相框; Frame Hôi An=picture frame=相框; French fries==薯条; Fridge==冰箱;
        Full bookcase=bookcase with books=装着书的书架; Furnace=wood stove=柴火炉; Futon==日式床垫;
        Futon couch=futon sofa=沙发床; Garage door==车库门; Garden faucet=faucet=水龙头;
        Garden hut=garden shed=花园小屋; Gaz water heater=gas water heater=燃气热水器; Gift==礼物; Girl==女孩;
        Glass==玻璃杯; Glass door==玻璃门; Glass door cabinet==玻璃门柜; Glass table==玻璃桌; Glasses==眼镜;
        Glove==手套; Grand piano==三角钢琴; Grinder=angle grinder=角磨机; Hamburger==汉堡; Hammer==锤子;
        Hammock==吊床; Handbag==手提包; Hanging clothes==挂着的衣服; Hanging light==吊灯; Hashtray=ashtray=烟灰缸;
        Hat==帽子; Headphones==耳机; Hedge==树篱; Helmet==头盔; High cabinet=tall cabinet=高柜;
        High hedge=hedge=树篱; Holding female=woman=女人; Holding male=man=男人; Hood=range hood=抽油烟机;
        Horse==马; Hose reel==水管车; Hospital bed==病床; Hot dog==热狗; Indoor bike=exercise bike=健身自行车;
        Indoor plant==室内植物; Induction cooker 2 zones=induction cooker=电磁炉;
        Induction cooker 4 zones=induction cooker=电磁炉; Inkjet printer and scanner=printer=打印机;
        Intercom==对讲机; Intercom with screen=video intercom=可视对讲机; Iron bed==铁床; Iron railing==铁栏杆;
        Island=kitchen island=厨房岛台; Island bath=bathtub=浴缸; Island extension=kitchen counter=厨房台面;
        Jacket==夹克; Jacuzzi=hot tub=热水浴缸; Japanese lantern==日式灯笼;
        Japanese maple=Japanese maple tree=鸡爪槭; Joystick=game controller=游戏手柄;
        Keyboard=electric keyboard=电子琴; Keys==钥匙; Kitchen knife==菜刀; Kitchen scale==厨房秤;
        Kitchen tools==厨具; Knife==餐刀; Knife stand=knife block=刀架; Lamp==台灯; Laptop==笔记本电脑;
        Large fridge=fridge=冰箱; Large pan=pot=锅; Large stove=stove=炉灶; Letter tray=paper tray=文件盘;
        Letters box=mailbox=信箱; Lip stick=lipstick=口红; Little bank=bench=长凳;
        Little lamp=table lamp=台灯; Little plant==小盆栽; Locked locker=locker=储物柜; Lower cabinet==地柜;
        Lower corner cabinet==转角地柜; Lying down boy=boy lying down=趴着的男孩;
        Lying down female=woman lying down=躺着的女人; Lying down male=man lying down=躺着的男人;
        MP3 base=radio=收音机; MP3 station=speaker=音箱; Mailbox==信箱; Male=man=男人;
        Mannequin female=mannequin=人体模型; Mannequin male=mannequin=人体模型; Medicine bottle==药瓶;
        Medicine box==药盒; Mezzanine bed=loft bed=高架床; Microwave==微波炉; Milk=milk carton=牛奶盒;
        Mini stereo=stereo=音响; Mixer=stand mixer=厨师机; Mobile phone==手机; Mocassin=loafers=乐福鞋;
        Modern armchair==现代扶手椅; Mower=lawn mower=割草机; Newspaper==报纸; Number lock=keypad=数字键盘;
        Oak chair==橡木椅; Oak table==橡木桌; Oil servers=oil and vinegar bottles=油醋瓶; Old jar=jar=陶罐;
        Open cardboard box==打开的纸箱; Opened convertible sofa BZ=sofa bed=打开的沙发床; Orchids==兰花;
        Osaka chair=wooden chair=木椅; Outdoor lamp=lantern=灯笼; Oval plate==椭圆盘子; Oven==烤箱;
        Painted bench=bench=长椅; Pallet==托盘; Palm tree==棕榈树; Paper towel holder==纸巾架;
        Park light=lamppost=路灯; Park trashcan=trash can=垃圾桶;
        Peach blossom=peach tree in blossom=开花的桃树; Pedestal vase lamp=table lamp=台灯;
        Pedestrian railing=railing=栏杆; Penbox=pen holder=笔筒; Pencil=pen=笔; Pendant lamp==吊灯;
        Phone==电话; Piano bench==琴凳; Pine=pine tree=松树; Pine under snow==雪中的松树; Plant==盆栽;
        Plant box==花箱; Plastic chair==塑料椅; Plastic cup==塑料杯; Plate==盘子; Plate, glass and cutlery==餐具;
        Plate, glasses and cutlery==餐具; Pool lounge=sun lounger=躺椅; Pool table==台球桌;
        Poplar=poplar tree=杨树; Porch column=column=柱子; Porch light=lantern=壁灯;
        Pottery=pot with lid=带盖的罐子; Potty==婴儿马桶; Propane stove=stove=炉灶; Puff=bean bag=懒人沙发;
        Punching ball==拳击球; Puzzle==拼图; Quadruple French window=French window=落地窗;
        Quadruple French window 3 panes=French window=落地窗;
        Quadruple French window small panes=French window=落地窗;
        Quadruple arched window=arched window=拱形窗; Rabbit==兔子; Radiator==暖气片; Radio==收音机;
        Rail crossing=railway barrier=铁路道口栏杆; Rails=railway track=铁轨; Range hood==抽油烟机;
        Rattan armchair==藤编扶手椅; Rattan sofa==藤编沙发; Rattan table==藤编桌;
        Rectangle swimming pool=swimming pool=游泳池; Recycling bin==回收箱; Reflex camera=camera=照相机;
        Refrigerator==冰箱; Relax chair=lounge chair=躺椅; Residential trashcan=trash can=垃圾桶;
        Rigged fan=fan=电风扇; Ring==戒指; Roasted chicken==烤鸡; Rock==石头; Rocking horse==木马;
        Round carpet==圆地毯; Round chimney=chimney=烟囱; Round swimming pool=paddling pool=充气水池;
        Round table==圆桌; Rounded RJ45 plug=network socket=网络插座;
        Rounded antenna plug=antenna socket=天线插座; Rounded dimmer switch=dimmer switch=调光开关;
        Rounded double switch=double light switch=双开关; Rounded switch=light switch=电灯开关;
        Rounded type A plug=power socket=插座; Rounded type B plug=power socket=插座;
        Rounded type C plug=power socket=插座; Rounded type E plug=power socket=插座;
        Rounded type G plug=power socket=插座; Rowboat==划艇; Rubik's cube=puzzle cube=魔方; Ruler==尺子;
        Ryokan chair=floor chair=和室椅; SUV==越野车; Safe==保险箱; Salt shaker==盐瓶; Sandpit==沙坑;
        Sandwich maker==三明治机; Saw==锯子; Scissors==剪刀; Scooter==踏板车; Screen door==纱门; Screwdriver==螺丝刀;
        Seesaw==跷跷板; Shelves==架子; Shipping container==集装箱; Shopping basket=basket=篮子;
        Short=shorts=短裤; Shovel==铲子; Shower curtain==浴帘; Shower door==淋浴门;
        Shower head and faucet=shower head=淋浴喷头; Shower stall=shower=淋浴房; Siamese cat==暹罗猫; Sink==水槽;
        Sink cabinet==水槽柜; Sitting boy==坐着的男孩; Sitting female=sitting woman=坐着的女人;
        Sitting girl==坐着的女孩; Sitting male=sitting man=坐着的男人; Skateboard==滑板; Skirt==裙子;
        Sleeping bag==睡袋; Sliding window==推拉窗; Slippers==拖鞋; Small lavatory=washbasin=洗脸盆;
        Small lower cabinet==小地柜; Small oven=toaster oven=小烤箱; Small step ladder=step stool=小梯凳;
        Small upper cabinet==小吊柜; Smoke detector==烟雾报警器; Sneakers==运动鞋; Snowman==雪人;
        Soap=soap dispenser=洗手液; Soccer ball==足球; Socket=sock=袜子; Sofa==沙发; Sofa 2 seats=sofa=沙发;
        Sofa 3 seats=sofa=沙发; Spathiphyllum=peace lily=白鹤芋; Speaker==音箱; Spice tower=spice rack=调料架;
        Spider plant==吊兰; Spiral staircase==螺旋楼梯; Sponge==海绵; Spoon==勺子; Spray bottle==喷壶;
        Square RJ45 plug=network socket=网络插座; Square antenna plug=antenna socket=天线插座;
        Square dimmer switch=dimmer switch=调光开关; Square double switch=double light switch=双开关;
        Square switch=light switch=电灯开关; Square type A plug=power socket=插座;
        Square type B plug=power socket=插座; Square type C plug=power socket=插座;
        Square type E plug=power socket=插座; Square type G plug=power socket=插座; Squeezer=juicer=榨汁器;
        Stapler==订书机; Steak==牛排; Step ladder=stepladder=梯子; Stereo amplifier=amplifier=功放;
        Stone grill device=table grill=石板烤炉; Stone lantern==石灯笼; Stool==凳子; Stove=gas stove=燃气灶;
        Street lamp==路灯; Street light=street lamp=路灯; Stroller==婴儿车; Succulent plant=succulent=多肉植物;
        Sugar=sugar bowl=糖罐; Suit=suit jacket=西装; Suitcase==手提箱; Sunglasses==太阳镜;
        Surveillance camera=security camera=监控摄像头; Sushi tray==寿司盘; Swimming pool==游泳池;
        Sycamore maple=sycamore tree=枫树; TV==电视机; TV 16:9=TV=电视机;
        TV remote control=remote control=遥控器; TV stand==电视柜; Table==桌子; Table fan=fan=电风扇;
        Table on trestles=trestle table=支架桌; Table tennis=table tennis table=乒乓球台;
        Table tennis bat==乒乓球拍; Table with tablecloth==铺着桌布的桌子; Tablet==平板电脑; Tape=adhesive tape=胶带;
        Tape measure==卷尺; Tatami=tatami mat=榻榻米; Teapot==茶壶; Technical table=drawing table=绘图桌;
        Teck chair=teak chair=柚木椅; Teddy bear==泰迪熊; Television cabinet==电视柜; Tennis racket==网球拍;
        Text marker=highlighter=荧光笔; Thermometer==温度计; Toaster==烤面包机; Toilet brush==马桶刷;
        Toilet paper dispenser=toilet paper=卫生纸; Toilets unit=toilet=马桶; Towel==毛巾; Towel rack==毛巾架;
        Toy train==玩具火车; Track lights==轨道灯; Trampoline==蹦床; Tray==托盘; Treadmill==跑步机; Tricycle==三轮车;
        Triple French window=French window=落地窗; Trousers==裤子; Truck==卡车; Trunck=trunk=大箱子;
        Tulips==郁金香; Turn window=roof window=天窗; Umbrella==伞; Upper cabinet==吊柜;
        Upper corner cabinet==转角吊柜; Upper shelves cabinet=corner shelves=转角架; Upright piano==立式钢琴;
        Urinal==小便池; Utensils pot=utensil pot=厨具筒; Van==面包车; Vanity==洗漱台; Vase==花瓶;
        Vertical shelves=shelves=架子; Video projector=projector=投影仪;
        Wall RJ45 plug=network socket=网络插座; Wall antenna plug=antenna socket=天线插座;
        Wall dimmer switch=dimmer switch=调光开关; Wall double socket=double power socket=双插座;
        Wall double switch=double light switch=双开关; Wall flat TV=TV=电视机; Wall hanger=coat hooks=挂衣钩;
        Wall lamp artwork=picture light=画灯; Wall light=wall lamp=壁灯; Wall socket=power socket=插座;
        Wall spotlight=spotlight=射灯; Wall switch=light switch=电灯开关; Wall type A plug=power socket=插座;
        Wall type B plug=power socket=插座; Wall type C plug=power socket=插座;
        Wall type E plug=power socket=插座; Wall type G plug=power socket=插座; Wardrobe==衣柜;
        Washbasin==洗脸盆; Washing machine==洗衣机; Watch==手表; Water cooler==饮水机; Wheelbarrow==独轮手推车;
        Wheelchair==轮椅; White board=whiteboard=白板; White lily=white lilies=百合花;
        Winchester armchair=leather armchair=皮扶手椅; Winchester sofa=leather sofa=皮沙发;
        Window blind=blinds=百叶窗; Window shutter=shutter=护窗板; Wine bottle==酒瓶;
        Wire coathanger=clothes hanger=衣架; Wireless phone=cordless phone=无绳电话;
        Woman shoes=high heels=高跟鞋; Wood bank=wooden bench=木长椅; Wood logs=logs=木柴;
        Wood toy=wooden toy=木头玩具; Wooden alder table=wooden table=木桌; Wooden desk==木书桌;
        Wooden table==木桌; Wooden teak table=wooden table=木桌; Workbench==工作台; Xylophone==木琴;
        Yogurt bottle==酸奶瓶; Yucca=yucca plant=丝兰
        """
}
